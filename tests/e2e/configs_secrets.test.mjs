// Values of Secrets: nowhere before they are revealed, edited decoded, kept byte for byte.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Activity } from "./pages/activity.mjs";
import { configLink, Configs, everything, readConfig } from "./pages/configs.mjs";
import { Review } from "./pages/review.mjs";
import { Tray } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const PLANTED = "planted-secret-7f3a";
const FORMS = [PLANTED, Buffer.from(PLANTED).toString("base64")];
const LINK = (view) => configLink("test/dev", "Secret", "db-credentials", view);

/** The planted value is in none of its forms in any of these texts. */
function nowhere(...texts) {
  for (const text of texts) for (const form of FORMS) assert.ok(!text.includes(form), `${form} is in ${text.slice(0, 300)}`);
}

async function secret({ page, open }, view = "form") {
  await open(LINK(view));
  const configs = new Configs(page);
  await (view === "form" ? configs.entry("password") : configs.content).waitFor();
  return configs;
}

check("a_value_is_nowhere_before_it_is_revealed", async (given) => {
  const { page, context, world } = given;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const configs = await secret(given);
  await matches(() => configs.entry("password").innerText(), /19 bytes/);
  nowhere(await everything(page));
  await configs.face("YAML").click();
  await configs.isReady();
  await configs.content.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /password: ••••••••·\d/);
  nowhere(copied, await everything(page));
  // Another key is changed: neither review nor activity show the planted one.
  await configs.face("By key").click();
  await page.getByRole("button", { name: "Replace the value of username" }).click();
  await configs.value("username").fill("shop2");
  await configs.askToSave();
  const review = new Review(page);
  await review.dialog.locator(".diff").waitFor();
  await review.callTexts();
  nowhere(await everything(page));
  await review.apply.click();
  const tray = new Tray(page);
  await until(() => tray.one("Update config", "dev / db-credentials").innerText(), (text) => /Done/.test(text), "it should be verified");
  const activity = new Activity(page);
  await activity.open();
  await activity.details("Update config", "dev / db-credentials");
  nowhere(await everything(page));
  const kept = await readConfig(world, "Secret", "db-credentials");
  assert.ok(kept.includes(FORMS[1]) && kept.includes(Buffer.from("shop2").toString("base64")));
  await world.reset();
});

check("a_revealed_value_is_edited_decoded_and_saved_encoded", async (given) => {
  const { page, world } = given;
  const configs = await secret(given);
  await page.getByRole("button", { name: "Reveal the value of password" }).click();
  await becomes(() => configs.value("password").inputValue(), PLANTED);
  nowhere(page.url());
  await configs.value("password").fill("correct horse");
  await page.getByRole("button", { name: "Hide the value of password" }).click();
  await configs.value("password").waitFor({ state: "detached" });
  await configs.askToSave();
  const review = new Review(page);
  const diff = await review.dialog.locator(".diff").innerText();
  assert.match(diff, /•••••••• \(19 B\)/);
  assert.match(diff, /•••••••• \(13 B\) \*/);
  await review.apply.click();
  const encoded = Buffer.from("correct horse").toString("base64");
  await until(() => readConfig(world, "Secret", "db-credentials"), (yaml) => yaml.includes(encoded), "it should be saved");
  await world.reset();
});

check("one_mask_of_the_yaml_is_revealed_and_the_others_stay", async (given) => {
  const configs = await secret(given, "yaml");
  const line = configs.lines.filter({ hasText: "password:" });
  await line.getByRole("button", { name: "Reveal" }).click();
  await configs.lines.filter({ hasText: FORMS[1] }).waitFor();
  await matches(() => configs.text(), /username: ••••••••·\d/);
  await configs.standing.getByText("No changes").waitFor();
});

check("control_and_s_in_a_value_open_the_review", async (given) => {
  const configs = await secret(given, "form");
  await configs.entry("username").getByRole("button", { name: "Reveal" }).click();
  await configs.value("username").fill("shop-2");
  await given.page.keyboard.press("Control+s");
  await new Review(given.page).apply.waitFor();
  await given.page.keyboard.press("Escape");
});

check("binary_values_go_out_and_in_byte_for_byte", async (given) => {
  const { page, open, world } = given;
  await open(configLink("test/dev", "Secret", "binary-keystore", "form"));
  const configs = new Configs(page);
  await configs.entry("keystore.jks").getByText("256 bytes").waitFor();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download keystore.jks" }).click();
  const bytes = await readFile(await (await waiting).path());
  assert.deepEqual([...bytes], Array.from({ length: 256 }, (_, n) => n));
  const turned = Buffer.from([...bytes].reverse());
  await page.getByLabel("Upload a file as keystore.jks").setInputFiles({ name: "k", mimeType: "application/octet-stream", buffer: turned });
  await configs.askToSave();
  await new Review(page).apply.click();
  const encoded = turned.toString("base64");
  await until(() => readConfig(world, "Secret", "binary-keystore"), (yaml) => yaml.includes(encoded), "it should be saved");
  await world.reset();
});

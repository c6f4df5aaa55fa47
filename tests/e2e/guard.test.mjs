// Leaving with edits asks, on every way out; what was typed stays, and a yes goes where the user was going.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Guard } from "./pages/guard.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink, visit } from "./pages/service.mjs";
import { Shell } from "./pages/shell.mjs";
import { Tray } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();
const DRAWER = serviceLink("simple-demo", "test", "dev", "service2", "variables");
const SERVICES = "#/p/simple-demo/test/dev/services";

/** The variables of a service with something typed, entered from the services, as a user would. */
async function typing({ page, open }) {
  await open("#/p/simple-demo");
  await page.evaluate((hash) => (location.hash = hash), SERVICES);
  await page.locator('[data-service="service2"]').waitFor();
  await page.evaluate((hash) => (location.hash = hash), DRAWER);
  const service = new Service(page, "service2");
  const field = service.variable("env1").getByRole("textbox");
  await field.fill("typed");
  return { page, service, field, guard: new Guard(page), shell: new Shell(page) };
}

const hashIs = (shell, hash) => until(() => shell.hash(), (now) => now === hash, `the address should be ${hash}`);

/** The question is there, and a no leaves everything as it was. */
async function refuse({ field, guard, shell }) {
  await guard.dialog.waitFor();
  await guard.stay.click();
  await guard.dialog.waitFor({ state: "detached" });
  await becomes(() => field.inputValue(), "typed");
  await hashIs(shell, DRAWER);
}

check("every_way_out_asks_and_a_no_keeps_what_was_typed", async (given) => {
  const there = await typing(given);
  const { page, service, shell, guard, field } = there;
  const ways = {
    close: () => service.close.click(),
    escape: () => service.drawer.press("Escape"),
    panel: () => service.tab("Events").click(),
    tab: () => page.getByRole("main").getByRole("navigation").getByRole("link", { name: /Variables \d/ }).click(),
    crumb: () => shell.crumbs.getByRole("link", { name: "simple-demo" }).click(),
    palette: async () => {
      await page.keyboard.press("Control+k");
      await shell.palette.getByRole("combobox").fill("settings");
      await page.keyboard.press("Enter");
    },
    back: () => page.goBack(),
    address: () => page.evaluate(() => (location.hash = "#/settings")),
  };
  for (const [way, go] of Object.entries(ways)) {
    await go();
    await refuse(there).catch((error) => assert.fail(`${way}: ${error.message}`));
  }
  // Escape is a no too, and the first focus is on the answer that loses nothing.
  await service.close.click();
  await guard.dialog.waitFor();
  await until(() => guard.stay.evaluate((one) => one === document.activeElement), Boolean, "the safe answer has the focus");
  await page.keyboard.press("Escape");
  await guard.dialog.waitFor({ state: "detached" });
  await becomes(() => field.inputValue(), "typed");
});

check("a_yes_goes_where_the_user_was_going", async (given) => {
  const { page, service, shell, guard } = await typing(given);
  await page.goBack();
  await guard.leave.click();
  await hashIs(shell, SERVICES);
  await service.drawer.waitFor({ state: "detached" });
  // The history is as it would have been without the question.
  await page.goBack();
  await hashIs(shell, "#/p/simple-demo");
  await becomes(() => guard.dialog.count(), 0);
  await page.goForward();
  await page.goForward();
  await hashIs(shell, DRAWER);
  await service.variable("env1").getByRole("textbox").fill("again");
  await shell.crumbs.getByRole("link", { name: "simple-demo" }).click();
  await guard.leave.click();
  await hashIs(shell, "#/p/simple-demo");
});

check("a_closing_tab_asks_only_while_there_are_edits", async (given) => {
  const { page, guard, service, shell } = await typing(given);
  const asked = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await until(async () => asked.length, (n) => n === 1, "the browser should ask");
  assert.deepEqual(asked, ["beforeunload"]);
  await service.close.click();
  await guard.leave.click();
  await hashIs(shell, SERVICES);
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  assert.equal(asked.length, 1);
});

check("a_refused_save_still_asks_and_an_accepted_one_does_not", async (given) => {
  const { page, world, service, review, tray } = await visit(given, "v5.0.0", ["simple-demo", "test", "dev", "service2"], "variables");
  const guard = new Guard(page);
  const field = service.variable("env1").getByRole("textbox");
  await field.fill("kept");
  await world.fault({ method: "PUT", path: "/openapi/environments/dev/services", status: 500 });
  await service.updateService.click();
  await review.apply.click();
  await tray.says("Update services", "dev / service2", /Failed/);
  await becomes(() => field.inputValue(), "kept");
  await service.close.click();
  await guard.stay.click();
  await service.updateService.click();
  await new Review(page).apply.click();
  await until(async () => (await writes(world)).length, (n) => n === 2, "the second try is sent");
  await tray.says("Update services", "dev / service2", /Done and verified/);
  await service.close.click();
  await service.drawer.waitFor({ state: "detached" });
});

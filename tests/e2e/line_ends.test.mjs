// The line ends of a value stay what they were when one letter of it is edited.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Configs, configLink, setConfig } from "./pages/configs.mjs";
import { Review } from "./pages/review.mjs";
import { Service, serviceLink } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, until } from "./support/until.mjs";

const check = suite();

const YAML = 'kind: ConfigMap\nmetadata:\n  name: windows\ndata:\n  run.bat: "echo one\\r\\necho two\\r\\n"\n  mixed: "a\\r\\nb\\nc\\r\\n"\n';

async function edited({ page, world, open }, key, from, to) {
  await setConfig(world, "ConfigMap", YAML);
  await open(configLink("test/dev", "ConfigMap", "windows", "form"));
  const [configs, review] = [new Configs(page), new Review(page)];
  const field = configs.value(key);
  await field.waitFor();
  const text = await field.inputValue();
  assert.ok(!text.includes("\r"));
  await field.fill(text.replace(from, to));
  await configs.askToSave();
  await review.apply.click();
  await until(() => writes(world), (calls) => calls.length === 1, "it is sent");
  return (await writes(world))[0].body.yaml_data;
}

check("a_value_with_crlf_keeps_it_and_says_so", async (given) => {
  const sent = await edited(given, "run.bat", "one", "1");
  assert.ok(sent.includes(String.raw`"echo 1\r\necho two\r\n"`), sent);
  assert.ok(sent.includes(String.raw`"a\r\nb\nc\r\n"`), "what was not edited is as it was");
});

check("mixed_line_ends_are_not_rewritten_by_an_edit_elsewhere", async (given) => {
  const sent = await edited(given, "mixed", "b", "b2");
  assert.ok(sent.includes(String.raw`"a\r\nb2\nc\r\n"`), sent);
});

check("the_field_says_which_it_has", async ({ page, world, open }) => {
  await setConfig(world, "ConfigMap", YAML);
  await open(configLink("test/dev", "ConfigMap", "windows", "form"));
  const configs = new Configs(page);
  await configs.entry("run.bat").getByText("CRLF line endings").waitFor();
  await configs.entry("mixed").getByText("Mixed line endings").waitFor();
});

check("a_global_variable_with_crlf_keeps_it", async ({ page, world, open }) => {
  await world.mutate({ project: "simple-demo", env: "dev", set_variable: { key: "welcome", value: "one\r\ntwo\r\nthree", type: "string" } });
  await open("#/p/simple-demo/test/dev/variables");
  await page.locator('[data-variable="welcome"]').getByRole("button", { name: /welcome/ }).first().click();
  const field = page.getByRole("textbox", { name: "welcome" });
  await field.fill((await field.inputValue()).replace("two", "2"));
  await page.getByText("CRLF line endings").waitFor();
  await page.getByRole("button", { name: /^Review/ }).click();
  await new Review(page).apply.click();
  await until(() => writes(world), (calls) => calls.length === 1, "it is sent");
  const sent = (await writes(world))[0].body.global_variables.find((one) => one.key === "welcome");
  assert.equal(sent.value, "one\r\n2\r\nthree");
});

check("a_service_variable_with_crlf_keeps_it_when_it_is_unbound", async ({ page, world, open }) => {
  await world.mutate({ project: "simple-demo", env: "dev", set_variable: { key: "limits", value: "a: 1\r\nb: 2\r\n", type: "yaml", related_services: ["service2"] } });
  await open(serviceLink("simple-demo", "test", "dev", "service2", "variables"));
  const service = new Service(page, "service2");
  const row = service.variable("limits");
  await row.getByRole("checkbox").uncheck();
  const field = row.getByRole("textbox");
  await field.fill((await field.inputValue()).replace("1", "7"));
  await becomes(() => row.getByText("CRLF line endings").count(), 1);
  await service.updateService.click();
  await new Review(page).apply.click();
  await until(() => writes(world), (calls) => calls.length === 1, "it is sent");
  const sent = (await writes(world))[0].body.service_list[0].variable_kvs.find((one) => one.key === "limits");
  assert.equal(sent.value, "a: 7\r\nb: 2\r\n");
});

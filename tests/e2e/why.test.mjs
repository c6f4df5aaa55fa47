// Why a service is not as it should be stands at the top of its drawer.
import assert from "node:assert/strict";
import { Service, serviceLink } from "./pages/service.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches } from "./support/until.mjs";

const check = suite();

/** The block of a service of the bad day. */
async function why({ page, open }, name, project = "bad-day", env = "bad-day") {
  const service = new Service(page, name);
  await open(serviceLink(project, "test", env, name));
  await service.drawer.waitFor();
  return { service, block: service.drawer.getByRole("region", { name: "Problem", exact: true }) };
}

for (const [name, texts] of [
  ["crashing", [/CrashLoopBackOff/, /0 of 2/, /\d+ restarts?/, /for \d+ h/, /Newest warning: BackOff/, /Unstable/]],
  ["no-image", [/ImagePullBackOff/, /in 2 pods/, /Newest warning: Failed/, /Back-off pulling image/]],
  ["no-node", [/FailedScheduling/, /0\/3 nodes are available: 3 Insufficient memory/]],
  ["not-ready", [/NotReady/, /Readiness probe failed: HTTP probe failed with statuscode: 503/]],
  ["half-rolled", [/ImagePullBackOff/, /2 of 2/, /2 older pods with 20261107101112-7-main still serve; pods with 20261124080000-9-missing do not start/]],
  ["apply-error", [/Zadig could not apply it/, /The API does not give the reason/, /Error/]],
]) {
  check(`the_drawer_says_why_${name.replaceAll("-", "_")}_is_not_ready`, async (given) => {
    const { block, service } = await why(given, name);
    for (const text of texts) await matches(() => block.innerText(), text);
    assert.equal(await service.drawer.getByText("scaled to 0").count(), 0);
    if (name === "crashing") {
      await block.getByRole("link", { name: /^Logs? of/ }).click();
      await given.page.getByRole("region", { name: "Log dock" }).waitFor();
    }
  });
}

check("a_service_as_it_should_be_has_no_such_block", async (given) => {
  for (const name of ["healthy", "scaled-to-zero"]) {
    const { block, service } = await why(given, name);
    await service.workload().waitFor();
    await becomes(() => block.count(), 0);
  }
});

check("in_chinese_the_reason_is_said_too", { locale: "zh-CN" }, async ({ page, open }) => {
  await open(serviceLink("bad-day", "test", "bad-day", "half-rolled"));
  await page.getByText(/2 个旧 Pod（20261107101112-7-main）仍在提供服务/).waitFor();
});

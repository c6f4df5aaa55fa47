// Portal services: read, set and removed, on the servers that leave the answer out and on one that does not.
import assert from "node:assert/strict";
import { writes } from "./pages/activity.mjs";
import { Guard } from "./pages/guard.mjs";
import { Portal, Sharing, sharingLink, visitSharing } from "./pages/sharing.mjs";
import { Shell } from "./pages/shell.mjs";
import { appears, pass } from "./pages/tray.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();
const SEEDED = ["zcms-a-b1.8slan.com 80 HTTP", "a.zicemoshi-helm-env-dev 80 HTTP"];
const CALL = "POST /openapi/environments/base/share/portal/gateway";
const QUERY = { projectKey: "simple-demo" };
const server = (host, port = 80) => ({ host, port_number: port, port_protocol: "HTTP" });
const set = async (world) => (await (await fetch(`${world.simulator}/__sim/state?project=simple-demo&env=base`)).json()).env.share.portals;

const readable = (given, service = "gateway", more = {}) => visitSharing(given, "base", { service, fixed_portal: true, ...more });
const silent = (given, service = "gateway", more = {}) => visitSharing(given, "base", { service, ...more });

check("hosts_that_can_be_read_are_changed_with_a_difference_and_read_back", async (given) => {
  const { world, portal, review, tray } = await readable(given);
  await portal.heading("gateway").waitFor();
  await becomes(() => portal.rows(), SEEDED);
  await becomes(() => portal.unreadable.count(), 0);
  await becomes(() => portal.set.isDisabled(), true, "nothing would change");
  await portal.port(1).fill("8080");
  await portal.takeOut(2).click();
  await portal.add.click();
  await portal.host(2).fill("shop.example.com");
  await portal.region.getByText("3 changes, not sent yet").waitFor();
  await portal.set.click();
  await becomes(() => review.changeTexts(), [
    "Portal service · gateway | zcms-a-b1.8slan.com:80 HTTP | zcms-a-b1.8slan.com:8080 HTTP",
    "Portal service · gateway | a.zicemoshi-helm-env-dev:80 HTTP | none",
    "Portal service · gateway | none | shop.example.com:80 HTTP",
  ]);
  assert.deepEqual(await writes(world), [], "nothing is sent before Apply");
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /Done and verified/);
  const sent = [server("zcms-a-b1.8slan.com", 8080), server("shop.example.com")];
  assert.deepEqual(await writes(world), [{ call: CALL, query: QUERY, body: sent }]);
  assert.deepEqual((await set(world)).gateway, sent);
  await portal.discard.waitFor({ state: "detached" });
});

check("hosts_that_cannot_be_read_are_said_to_be_so_and_what_was_set_here_is_shown_as_such", async (given) => {
  const { page, world, sharing, portal, review, tray } = await silent(given);
  await portal.unreadable.getByText("This server does not return the hosts").waitFor();
  await portal.unreadable.getByText("Nothing was set from this tab.").waitFor();
  await portal.region.getByText("The current hosts cannot be read.").waitFor();
  await becomes(() => portal.rows(), []);
  await portal.add.click();
  await portal.host(1).fill("shop.example.com");
  await portal.set.click();
  await becomes(() => review.changeTexts(), ["Portal service · gateway | not readable | shop.example.com:80 HTTP"]);
  await review.warnings.filter({ hasText: "cannot be read, and are replaced as a whole" }).waitFor();
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /Accepted; this server has no way to verify it/);
  await portal.unreadable.getByText(/Shown are the hosts last set from this tab, \d+ s ago/).waitFor();
  await becomes(() => portal.rows(), ["shop.example.com 80 HTTP"]);
  await sharing.portalLink("gateway").getByText("1 set here").waitFor();
  // The next change is compared with that.
  await portal.host(1).fill("new.example.com");
  await portal.set.click();
  await becomes(() => review.changeTexts(), [
    "Portal service · gateway | shop.example.com:80 HTTP | none",
    "Portal service · gateway | none | new.example.com:80 HTTP",
  ]);
  await review.warnings.filter({ hasText: "Compared with what this tab last set" }).waitFor();
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /Accepted; this server has no way to verify it/);
  await until(() => writes(world), (calls) => calls.length === 2, "both were sent");
  assert.deepEqual((await set(world)).gateway, [server("new.example.com")]);
  // Another service of the same environment knows nothing of it.
  await sharing.portalLink("web").click();
  await portal.heading("web").waitFor();
  await portal.unreadable.getByText("Nothing was set from this tab.").waitFor();
  assert.equal(await page.evaluate(() => location.hash), sharingLink("base", "web"));
});

for (const [name, enter, outcome] of [
  ["that_can_be_read", readable, /Done and verified/],
  ["that_cannot_be_read", silent, /Accepted; this server has no way to verify it/],
]) {
  check(`removing_a_portal_${name}_warns_of_the_shared_ports_and_wants_the_name`, async (given) => {
    const { world, portal, review, tray } = await enter(given);
    await portal.remove.click();
    await review.warnings.filter({ hasText: "closes every port it opened on the shared istio-ingressgateway" }).waitFor();
    await becomes(() => review.apply.isDisabled(), true);
    await review.typed.fill("gateway");
    await review.apply.click();
    await tray.says("Remove portal service", "base / gateway", outcome);
    assert.deepEqual(await writes(world), [{ call: CALL, query: QUERY, body: [] }]);
    assert.deepEqual(await set(world), {});
    await becomes(() => portal.rows(), []);
  });
}

check("removing_what_is_not_there_is_refused_in_words", async (given) => {
  const { page, world, portal, review, tray } = await silent(given, "web");
  await portal.remove.click();
  await review.typed.fill("web");
  await review.apply.click();
  await tray.says("Remove portal service", "base / web", /Zadig refused it: This service has no portal to remove/);
  assert.equal((await writes(world)).length, 1);
  await becomes(() => new Portal(page).unreadable.getByText("Nothing was set from this tab.").count(), 1);
});

check("wrong_hosts_and_ports_are_told_as_they_are_typed_and_cannot_be_sent", async (given) => {
  const { world, portal } = await readable(given);
  await portal.host(1).waitFor();
  for (const [host, text] of [
    ["http://a.b", "Only the host, without http://"],
    ["a.b:8080", "The port has its own field"],
    ["a b", "A host cannot contain spaces"],
    ["10.0.0.256", "Neither a host name nor an IP address"],
    ["-a.b", "Parts of a host name can have letters, digits and inner hyphens"],
    ["a.*.b", "* only as the first part"],
  ]) {
    await portal.host(1).fill(host);
    await portal.problem(1).getByText(text).waitFor();
    await becomes(() => portal.set.isDisabled(), true, host);
  }
  for (const [port, text] of [["0", "From 1 to 65535"], ["65536", "From 1 to 65535"], ["http", "A whole number"], ["", "Enter a port"]]) {
    await portal.host(1).fill("10.0.0.1");
    await portal.port(1).fill(port);
    await portal.problem(1).getByText(text).waitFor();
    await becomes(() => portal.set.isDisabled(), true, port);
  }
  await portal.host(1).fill("a.zicemoshi-helm-env-dev");
  await portal.port(1).fill("80");
  await portal.problem(2).getByText("An earlier row already has this host and port").waitFor();
  await portal.host(1).fill("*.example.com");
  await portal.port(1).fill("443");
  await becomes(() => portal.set.isEnabled(), true);
  assert.deepEqual(await writes(world), []);
});

check("what_is_typed_survives_a_failure_and_every_refresh", async (given) => {
  const { page, world, portal, review, tray } = await readable(given);
  await portal.host(1).fill("typed.example.com");
  await pass(page, 40_000);
  await becomes(() => portal.host(1).inputValue(), "typed.example.com");
  const body = JSON.stringify({ code: 6079, description: "istio default gateway's lb doesn't have ip address or hostname", extra: {}, message: "设置入口服务失败", type: "error" });
  await world.fault({ method: "POST", path: "/openapi/environments/base/share/portal", status: 400, body });
  await portal.set.click();
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /Zadig refused it: Istio’s ingress gateway has no address/);
  await becomes(() => portal.rows(), ["typed.example.com 80 HTTP", SEEDED[1]]);
  await portal.set.click();
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /Done and verified/);
  assert.equal((await writes(world)).length, 2);
});

check("leaving_with_edits_asks", async (given) => {
  const { page, sharing, portal } = await readable(given);
  const guard = new Guard(page);
  await portal.host(1).fill("typed.example.com");
  await sharing.portalLink("web").click();
  await guard.stay.click();
  await becomes(() => portal.host(1).inputValue(), "typed.example.com");
  await page.getByRole("main").getByRole("navigation").getByRole("link", { name: "Variables" }).click();
  await guard.leave.click();
  await page.getByRole("table", { name: "Variables" }).waitFor();
});

check("what_somebody_else_set_meanwhile_is_shown_and_not_overwritten_unseen", async (given) => {
  const { page, world, portal, review, tray } = await readable(given);
  await portal.host(1).fill("mine.example.com");
  const theirs = async (servers) => {
    const answer = await fetch(`${world.simulator}/openapi/environments/base/share/portal/gateway?projectKey=simple-demo`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.tokens.admin}` },
      body: JSON.stringify(servers),
    });
    assert.equal(answer.status, 200);
  };
  // Between the review and Apply: nothing is sent.
  await portal.set.click();
  await review.apply.waitFor();
  await theirs([server("theirs.example.com")]);
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /It changed in the meantime, so nothing was sent/);
  assert.deepEqual((await set(world)).gateway, [server("theirs.example.com")]);
  // Read by a refresh: it is shown beside what was typed.
  await appears(page, portal.changed);
  await matches(() => portal.changed.innerText(), /Zadig now has: theirs\.example\.com:80 HTTP/);
  await becomes(() => portal.host(1).inputValue(), "mine.example.com");
  await portal.changed.getByRole("button", { name: "Use the current hosts" }).click();
  await becomes(() => portal.rows(), ["theirs.example.com 80 HTTP"]);
});

check("a_licence_that_does_not_cover_portals_is_told_and_reading_still_works", async (given) => {
  const { world, sharing, portal, review, tray } = await readable(given, "gateway", { licence: "professional" });
  await becomes(() => portal.rows(), SEEDED);
  await portal.takeOut(2).click();
  await portal.set.click();
  await review.apply.click();
  await tray.says("Set portal service", "base / gateway", /Sub-environments need an Enterprise licence/);
  await sharing.licence.waitFor();
  assert.deepEqual((await set(world)).gateway.length, 2);
  await becomes(() => portal.rows(), [SEEDED[0]], "what was typed is still there");
});

check("an_environment_that_is_no_base_offers_no_portal_and_says_what_to_do", async (given) => {
  const { world, sharing } = await visitSharing(given, "dev", { service: "web" });
  await sharing.standing("off").waitFor();
  await sharing.root.getByText("Portal services require sub-environments: enable them first.").waitFor();
  await becomes(() => sharing.portals.count(), 0);
  assert.deepEqual((await world.journal()).filter((call) => call.path.includes("portal")), []);
});

check("a_refusal_to_read_is_told_in_words", async (given) => {
  const body = JSON.stringify({ code: 6079, description: "services \"istio-ingressgateway\" not found", extra: {}, message: "获取入口服务配置失败", type: "error" });
  const { page } = await readable(given, "gateway", { faults: [{ method: "GET", path: "/openapi/environments/base/share/portal", status: 400, body, times: 0 }] });
  const error = new Shell(page).error("not-found");
  await error.getByText("The cluster has no istio-ingressgateway").first().waitFor();
});

check("a_portal_is_a_link", async (given) => {
  const { page, sharing, portal } = await readable(given, "");
  await sharing.portals.getByText("Choose a service to see and change its hosts.").waitFor();
  await sharing.portalLink("gateway").click();
  await portal.heading("gateway").waitFor();
  assert.equal(await page.evaluate(() => location.hash), sharingLink("base", "gateway"));
  await page.reload();
  await portal.heading("gateway").waitFor();
  await becomes(() => portal.rows(), SEEDED);
  await page.evaluate((hash) => (location.hash = hash), sharingLink("base", "no-such-service"));
  await page.getByText("no-such-service is not in this environment").waitFor();
  await becomes(() => new Sharing(page).curl.getByLabel("Address").inputValue(), "81.69.166.47");
});

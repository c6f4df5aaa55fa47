// Every answer of the contract's section 0.3, and every broken one, is told in words of its own.
import assert from "node:assert/strict";
import { Environments } from "./pages/environments.mjs";
import { Shell } from "./pages/shell.mjs";
import { suite } from "./support/browser.mjs";
import { becomes, matches, until } from "./support/until.mjs";

const check = suite();

const LICENCE = JSON.stringify({ code: 7050, description: "", extra: {}, message: "用户许可证不可用，请检查许可证后重试", type: "error" });
const typed = (code, message, description) => JSON.stringify({ code, description, extra: {}, message, type: "error" });
const untyped = (description) => JSON.stringify({ code: 500, description, message: "Internal Error: " });
const plain = (status, body) => ({ status, body, content_type: "text/plain; charset=utf-8" });

/** Kinds that asking again does not mend soon: the page waits for the user, or for half a minute. */
const PATIENT = ["forbidden", "licence", "route-missing", "mfa-enroll", "mfa-verify"];

/**
 * What goes wrong, the kind of the notice, its title, the status in its details, what else it must say and what it must
 * not.
 */
const ROWS = [
  { name: "no_permission_403_empty", fault: { status: 403 }, kind: "forbidden", title: "This account is not allowed to do this", status: 403 },
  { name: "a_second_factor_to_set_up", fault: { mfa: "enroll" }, kind: "mfa-enroll", title: "Multi-factor authentication must be set up first", status: 403 },
  { name: "a_second_factor_to_pass", fault: { mfa: "verify" }, kind: "mfa-verify", title: "Multi-factor authentication is required", status: 403 },
  { name: "a_body_that_did_not_bind_400_empty", fault: { status: 400 }, kind: "invalid-input", title: "Zadig rejected what was sent", status: 400, never: /The details give/ },
  { name: "an_unknown_route", fault: plain(404, "Invalid path: /openapi/environments"), kind: "route-missing", title: "This server does not support the call", status: 404, says: ["Invalid path: /openapi/environments"] },
  { name: "a_wrong_method", fault: plain(405, "Method not allowed: GET /openapi/environments"), kind: "method-not-allowed", title: "This server does not allow the method", status: 405, says: ["Method not allowed: GET /openapi/environments"] },
  { name: "a_panic_500_empty", fault: { status: 500 }, kind: "server", title: "Zadig failed without giving a reason", status: 500 },
  { name: "no_licence", fault: { status: 400, body: LICENCE }, kind: "licence", title: "Zadig’s licence does not cover this", status: 400, says: ["用户许可证不可用，请检查许可证后重试", "7050"] },
  { name: "an_unreachable_licence_service", fault: { status: 500, body: untyped("failed to validate zadig license status, error: dial tcp: lookup plutus-vendor: i/o timeout") }, kind: "server", title: /licence/i, status: 500, says: ["failed to validate zadig license status"] },
  { name: "any_other_error_of_the_server", fault: { status: 500, body: untyped("dial tcp 10.0.0.1:27017: connect: connection refused") }, kind: "server", title: "Zadig had an internal error", status: 500, says: ["connection refused"] },
  { name: "a_typed_error_with_its_meaning", fault: { status: 400, body: typed(6065, "列出服务组失败", "cluster is not connected") }, kind: "server", title: "Zadig had an internal error", status: 400, says: ["列出服务组失败", "cluster is not connected", "6065", "meaning: "] },
  { name: "a_busy_environment", fault: { status: 400, body: typed(6076, "更新环境失败", "环境正处于不能更新的状态") }, kind: "busy", title: "The environment is being changed", status: 400 },
  { name: "a_yes_without_a_body", fault: { status: 200 }, kind: "empty-body", title: "The response is empty", status: 200 },
  { name: "a_web_page_with_200", fault: { status: 200, html: true }, kind: "undecodable", title: "The response cannot be read", status: 200, says: ["502 Bad Gateway"] },
  { name: "json_cut_short", fault: { truncate: 40 }, kind: "undecodable", title: "The response cannot be read", status: 200 },
  { name: "json_of_another_shape", fault: { status: 200, body: '{"hello":"world"}' }, kind: "undecodable", title: "The response cannot be read", status: 200, says: ["hello"] },
  { name: "a_gateway_without_its_upstream_502", fault: { status: 502, html: true }, kind: "gateway", title: "The proxy cannot reach Zadig", status: 502 },
  { name: "a_service_that_is_away_503", fault: { status: 503 }, kind: "gateway", title: "The proxy cannot reach Zadig", status: 503 },
  { name: "a_connection_that_breaks_before_the_answer", fault: { drop: "before" }, kind: "gateway", title: "The proxy cannot reach Zadig", status: 502 },
  { name: "a_connection_that_breaks_inside_the_answer", fault: { drop: "mid_body" }, kind: "network", title: "Zadig is not responding" },
];

for (const { name, fault, kind, title, status, says = [], never } of ROWS) {
  check(`${name}_has_its_own_message_and_the_page_comes_back`, async ({ page, world, open }) => {
    const [shell, list] = [new Shell(page), new Environments(page)];
    await world.fault({ path: "/openapi/environments", times: 0, ...fault });
    await open("#/p/simple-demo");
    const notice = shell.error(kind);
    await notice.waitFor();
    const said = await notice.locator(".notice-title").innerText();
    if (title instanceof RegExp) assert.match(said, title);
    else assert.equal(said, title);
    await becomes(() => page.getByRole("alert").count(), 1, "said once, although both lists failed");
    await notice.getByText("Details", { exact: true }).click();
    const text = await notice.innerText();
    assert.match(text, /GET \/openapi\/environments/);
    if (status) assert.match(text, new RegExp(`HTTP status\\s+${status}`));
    for (const words of says) assert.ok(text.includes(words), `“${words}” is missing in: ${text}`);
    if (never) assert.doesNotMatch(text, never);
    await world.clearFaults();
    if (PATIENT.includes(kind)) await notice.getByRole("button", { name: "Try again" }).click();
    await list.link("dev").waitFor();
    await notice.waitFor({ state: "detached" });
  });
}

check("a_refused_token_401_empty_asks_for_another", async ({ page, world, open }) => {
  const shell = new Shell(page);
  await world.fault({ path: "/openapi/environments", times: 0, status: 401 });
  await open("#/p/simple-demo");
  await shell.tokenDialog.getByText("Zadig no longer accepts the token").waitFor();
  const mark = await world.mark();
  await becomes(() => shell.connection.textContent(), "Token needed");
  assert.deepEqual(await world.journal({ after: mark }), [], "nobody goes on asking with a refused token");
});

check("behind_a_proxy_a_refused_token_is_explained_in_the_page", { role: null }, async ({ page, world, open }) => {
  const base = await world.front({ config: { auth: "proxy" } });
  await open("#/p/simple-demo", { base });
  const notice = new Shell(page).error("unauthorized");
  await notice.getByText("Zadig does not accept the token", { exact: true }).waitFor();
  const text = await notice.innerText();
  assert.doesNotMatch(text, /Enter a new one/, "there is no place to enter one here");
});

check("an_error_under_rows_keeps_the_rows", async ({ page, world, open }) => {
  const [shell, list] = [new Shell(page), new Environments(page)];
  await open("#/p/simple-demo");
  await list.link("dev").waitFor();
  await world.fault({ path: "/openapi/environments", times: 0, status: 500 });
  await list.refresh.click();
  await shell.error("server").waitFor();
  assert.equal((await list.keys()).length, 9);
});

check("opened_details_stay_open_while_the_page_keeps_trying", async ({ page, world, open }) => {
  const shell = new Shell(page);
  await world.fault({ path: "/openapi/environments", times: 0, status: 500, body: untyped("the detail") });
  await open("#/p/simple-demo");
  const notice = shell.error("server");
  await notice.getByText("Details", { exact: true }).click();
  const isOpen = () => notice.locator("details").evaluate((details) => details.open);
  assert.equal(await isOpen(), true);
  const mark = await world.mark();
  await until(() => world.journal({ after: mark }), (calls) => calls.filter((call) => call.status === 500).length >= 4, "the page tries again");
  assert.equal(await isOpen(), true, "what the user opened stays open");
});

check("the_report_of_an_error_can_be_copied", async ({ page, world, context, open }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const shell = new Shell(page);
  await world.fault({ path: "/openapi/environments", times: 0, status: 500, body: untyped("the detail") });
  await open("#/p/simple-demo");
  await shell.error("server").getByText("Details", { exact: true }).click();
  await shell.error("server").getByRole("button", { name: "Copy the report" }).click();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(report, /GET \/openapi\/environments/);
  assert.match(report, /the detail/);
  assert.ok(!report.includes(world.tokens.admin));
});

for (const [name, fault, kind, title] of [
  ["无权限", { status: 403 }, "forbidden", "此账号无权执行此操作"],
  ["需要先设置多因素认证", { mfa: "enroll" }, "mfa-enroll", "需要先设置多因素认证"],
  ["许可证", { status: 400, body: LICENCE }, "licence", "Zadig 许可证不支持此功能"],
  ["网页代替数据", { status: 200, html: true }, "undecodable", "无法解析响应"],
  ["代理无法连接", { status: 502 }, "gateway", "代理无法连接到 Zadig"],
]) {
  check(`错误消息是中文的_${name}`, { locale: "zh-CN" }, async ({ page, world, open }) => {
    await world.fault({ path: "/openapi/environments", times: 0, ...fault });
    await open("#/p/simple-demo");
    const notice = new Shell(page).error(kind);
    await notice.getByText(title, { exact: true }).waitFor();
    await notice.getByText("详情", { exact: true }).click();
    await matches(() => notice.innerText(), /HTTP 状态/);
  });
}

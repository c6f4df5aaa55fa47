//! The two JSON error shapes of contract 0.2 and the bodies of 0.3, to the byte.

use crate::reply::Reply;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why a request failed, in the server's own classes.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// Shape A: a typed `*HTTPError` of the server.
    Typed {
        /// Code of contract 0.4.
        code: u16,
        /// The fixed title.
        message: &'static str,
        /// The detail.
        description: String,
        /// Always sent, usually empty.
        extra: BTreeMap<String, Vec<String>>,
    },
    /// Shape B: any other Go error, HTTP 500.
    Internal(String),
    /// A status without a body: 400 of a failed bind, 401, 403, 500 of a panic.
    Empty(u16),
}

/// The result of every handler.
pub type Outcome = Result<Reply, Failure>;

/// Mongo's text for a row that does not exist.
pub const NO_DOCUMENTS: &str = "mongo: no documents in result";
/// Description of a write on an environment that is creating, updating or deleting.
pub const BUSY: &str = "环境正处于不能更新的状态";
/// Description of a write on an environment that is asleep.
pub const SLEEPING: &str = "environment is sleeping";

/// A typed error's code and title (contract 0.4). Codes are not unique, so titles are not looked up by code.
pub type Title = (u16, &'static str);

/// 400.
pub const BAD_REQUEST: Title = (400, "Bad Request");
/// 404.
pub const NOT_FOUND: Title = (404, "Request Not Found");
/// 409.
pub const CONFLICT: Title = (409, "Conflict");
/// 6065.
pub const LIST_GROUPS: Title = (6065, "列出服务组失败");
/// 6074.
pub const CREATE_ENV: Title = (6074, "创建环境失败");
/// 6076.
pub const UPDATE_ENV: Title = (6076, "更新环境失败");
/// 6076 again, for environment configurations.
pub const UPDATE_ENV_CFG: Title = (6076, "更新环境资源配置失败");
/// 6077.
pub const DELETE_ENV: Title = (6077, "删除环境失败");
/// 6078.
pub const GET_ENV: Title = (6078, "获取环境失败");
/// 6079 of E44.
pub const SET_PORTAL: Title = (6079, "设置入口服务失败");
/// 6079 of E43.
pub const GET_PORTAL: Title = (6079, "获取入口服务配置失败");
/// 6080.
pub const RESTART: Title = (6080, "重启服务失败");
/// 6081.
pub const SCALE: Title = (6081, "伸缩服务失败");
/// 6082.
pub const UPDATE_IMAGE: Title = (6082, "更新服务镜像失败");
/// 6083.
pub const GET_SERVICE: Title = (6083, "获取服务失败");
/// 6088.
pub const LIST_CONFIG_MAPS: Title = (6088, "列出服务配置失败");
/// 6089.
pub const UPDATE_CONFIG_MAP: Title = (6089, "更新服务配置失败");
/// 6092.
pub const UPDATE_SERVICE: Title = (6092, "更新服务失败");
/// 6093.
pub const LIST_EVENTS: Title = (6093, "列出服务事件失败");
/// 6094.
pub const LIST_RESOURCES: Title = (6094, "列出对象资源失败");
/// 6094 of E17.
pub const SERVICE_IN_SUB_ENV: Title = (6094, "删除服务失败，待删除服务存在于子环境中");
/// 6095.
pub const UPDATE_RESOURCE: Title = (6095, "更新对象资源失败");
/// 6096.
pub const DELETE_RESOURCE: Title = (6096, "删除对象资源失败");
/// 6153.
pub const GET_POD: Title = (6153, "获取Pod详情失败");
/// 6401.
pub const CREATE_SECRET: Title = (6401, "创建secret失败");
/// 6652.
pub const OPERATION_LOG: Title = (6652, "获取操作日志列表失败");
/// 7050.
pub const LICENCE: Title = (7050, "用户许可证不可用，请检查许可证后重试");

#[derive(Serialize)]
struct ShapeA<'a> {
    code: u16,
    description: &'a str,
    extra: &'a BTreeMap<String, Vec<String>>,
    message: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct ShapeB<'a> {
    code: u16,
    description: &'a str,
    message: &'static str,
}

impl Failure {
    /// Shape A with a description.
    pub fn typed(title: Title, description: impl Into<String>) -> Self {
        Self::Typed {
            code: title.0,
            message: title.1,
            description: description.into(),
            extra: BTreeMap::new(),
        }
    }

    /// Shape B.
    pub fn internal(text: impl Into<String>) -> Self {
        Self::Internal(text.into())
    }

    /// The row does not exist: shape B with Mongo's own words.
    pub fn no_documents() -> Self {
        Self::internal(NO_DOCUMENTS)
    }

    /// Go's `multierror` with its counted list, shape B.
    pub fn multi<S: AsRef<str>>(errors: &[S]) -> Self {
        let noun = if errors.len() == 1 { "error" } else { "errors" };
        let list: Vec<String> = errors.iter().map(|e| format!("\t* {}", e.as_ref())).collect();
        Self::Internal(format!("{} {noun} occurred:\n{}\n\n", errors.len(), list.join("\n")))
    }

    /// No permission: 403 with an empty body.
    pub fn forbidden() -> Self {
        Self::Empty(403)
    }

    /// A body that gin could not bind: 400 with an empty body.
    pub fn unbound() -> Self {
        Self::Empty(400)
    }

    /// The answer as it goes out.
    pub fn reply(&self) -> Reply {
        match self {
            Self::Typed { code, message, description, extra } => {
                let status = if *code >= 6000 { 400 } else { *code };
                Reply::json(status, &ShapeA { code: *code, description, extra, message, kind: "error" })
            }
            Self::Internal(description) => {
                Reply::json(500, &ShapeB { code: 500, description, message: "Internal Error: " })
            }
            Self::Empty(status) => Reply::empty(*status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(failure: &Failure) -> (u16, String) {
        let reply = failure.reply();
        (reply.status, String::from_utf8(reply.body.to_vec()).expect("bodies are text"))
    }

    #[test]
    fn a_typed_error_has_its_keys_in_order_and_status_400() {
        let (status, text) = body(&Failure::typed(GET_SERVICE, "a <b>"));
        assert_eq!(status, 400);
        let expected = r#"{"code":6083,"description":"a \u003cb\u003e","extra":{},"message":"获取服务失败","type":"error"}"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn small_codes_are_their_own_status() {
        assert_eq!(body(&Failure::typed(NOT_FOUND, NO_DOCUMENTS)).0, 404);
        assert_eq!(body(&Failure::typed(BAD_REQUEST, "")).0, 400);
    }

    #[test]
    fn any_other_error_is_500_with_the_colon() {
        let (status, text) = body(&Failure::no_documents());
        assert_eq!(status, 500);
        assert_eq!(
            text,
            r#"{"code":500,"description":"mongo: no documents in result","message":"Internal Error: "}"#
        );
    }

    #[test]
    fn multierror_counts_and_lists() {
        let Failure::Internal(one) = Failure::multi(&["a"]) else { panic!("shape B") };
        assert_eq!(one, "1 error occurred:\n\t* a\n\n");
        let Failure::Internal(two) = Failure::multi(&["a", "b"]) else { panic!("shape B") };
        assert_eq!(two, "2 errors occurred:\n\t* a\n\t* b\n\n");
    }

    #[test]
    fn forbidden_and_unbound_are_empty() {
        assert_eq!(body(&Failure::forbidden()), (403, String::new()));
        assert_eq!(body(&Failure::unbound()), (400, String::new()));
    }
}

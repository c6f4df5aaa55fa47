//! What the product knows about environments, in plain functions and values.
//!
//! Nothing here touches the DOM, the network or Leptos, so all of it is tested natively: how states fold into one map
//! ([`state`]), how test and production environments become one list ([`environments`]), when a workload is ready ([`readiness`]), what keeps
//! one from it ([`diagnosis`]), how an image reference is read ([`image`]), what the edit of a config is ([`configs`]), what
//! differs between two texts ([`diff`]), how the lines of a value end ([`line_ends`]), whether somebody else changed what is edited ([`conflict`], [`three_way`], [`service_variables`]),
//! where a YAML text is wrong and how one entry of it is changed ([`yaml`]), where a base environment stands ([`sharing`]),
//! which portal hosts may be sent ([`portal`]).

pub mod age;
pub mod configs;
pub mod conflict;
pub mod create;
pub mod diagnosis;
pub mod diff;
pub mod doctor;
pub mod environments;
pub mod image;
pub mod k8s_name;
pub mod line_ends;
pub mod mask;
pub mod pods;
pub mod portal;
pub mod readiness;
pub mod removal;
pub mod service_variables;
pub mod services;
pub mod sharing;
pub mod sort;
pub mod state;
pub mod text_case;
pub mod three_way;
pub mod timeline;
pub mod variables;
pub mod why;
pub mod yaml;

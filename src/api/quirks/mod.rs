//! Where the server is not what the document, or common sense, says.
//!
//! One table, so that nobody "fixes" one of these by accident: what the server does, what this client does about it,
//! and the test that holds it. The contract's sections are named as in the comments of the endpoints.

#[cfg(test)]
mod tests;

/// One trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quirk {
    /// A short name.
    pub id: &'static str,
    /// Where the contract has it.
    pub contract: &'static str,
    /// What the server does.
    pub server: &'static str,
    /// What this client does.
    pub client: &'static str,
    /// The test that holds it.
    pub test: &'static str,
}

macro_rules! quirks {
    ($($id:literal, $contract:literal, $test:literal: $server:literal => $client:literal;)+) => {
        /// Every trap known.
        pub const QUIRKS: &[Quirk] = &[
            $(Quirk { id: $id, contract: $contract, server: $server, client: $client, test: $test },)+
        ];
    };
}

quirks! {
    "no-project-name", "0.5", "no_call_has_a_project_name_parameter":
        "a parameter projectName triggers a middleware that may replace the answer"
        => "it is never sent";
    "literal-routes", "0.5", "names_that_change_the_route_are_refused_and_others_are_escaped":
        "segments are decoded, and an empty or dotted one addresses another route"
        => "segments are escaped; empty, . and .. are refused before sending";
    "list-key", "E01", "the_list_key_is_read_under_both_names":
        "the list has the key in env_key and the alias in envName; the document has the key in env_name"
        => "both are read; without env_key, env_name is the key";
    "template-variables", "E03", "variables_of_a_service_in_an_environment_are_called_the_templates":
        "variable_kvs of an environment's services are the template's defaults"
        => "the field is called template_variables";
    "workload-type-case", "E05", "the_workload_type_parameter_has_a_capital_t":
        "workLoadType is read, the documented workLoadtype is not"
        => "workLoadType is sent";
    "alias-always-written", "E10", "a_production_edit_always_sends_the_alias":
        "leaving env_name out clears the alias"
        => "the function wants the alias, and always sends it";
    "is-delete", "E11", "a_deletion_always_says_is_delete":
        "isDelete is required, and refused with a misleading 6096 when missing"
        => "it is always sent, as true or false";
    "update-keeps-values", "6.4", "a_service_update_sends_what_is_bound_and_what_was_edited":
        "E15, E16: a key that is not sent keeps its value, which cannot be read, and loses its binding"
        => "sent are every bound key and every edited one; a template's default would overwrite the value in use";
    "addition-takes-template", "E13", "an_added_service_sends_only_what_was_chosen":
        "E13, E14: a key that is not sent takes the template's default of that moment"
        => "only bindings and edited values are sent, so that a default read earlier is never frozen";
    "creation-takes-template", "E07", "a_new_environment_sends_only_the_variables_that_were_chosen":
        "E07, a clone too: missing keys take the template's defaults; the source's own values cannot be read"
        => "only bindings and edited values are sent, and the page says what a clone does not carry over";
    "edit-sends-both", "E10", "an_edit_of_a_changed_environment_is_not_sent":
        "E10 stores registry and alias as they are sent; the list shows the default registry's id where none is stored"
        => "what was not edited goes back as listed, and nothing is sent if the list has changed since";
    "type-decides", "6.4", "a_service_update_sends_types_and_options":
        "where the sent type differs from the template's, the sent value is dropped"
        => "type and options are always sent along";
    "keep-resources", "E17", "removing_a_service_says_whether_its_objects_stay":
        "v3.4.0 ignores not_delete_resource and always deletes"
        => "it is always sent; Feature::KeepResources says whether it is heard";
    "removal-body", "E17", "removing_a_service_is_a_delete_with_a_body":
        "the DELETE carries a JSON body"
        => "it is sent with one";
    "sub-env-refusal", "E17", "a_refused_removal_names_the_sub_environments":
        "users of a service are told in extra, with a code used for another title too"
        => "they are read when code and title agree";
    "variables-replace", "6.5", "replacing_variables_sends_them_whole":
        "E21, E22: PUT variable replaces the list and stores what is sent; the document sends key and value only"
        => "the list is read again before the review and once more before sending, and goes back whole, unknown fields included";
    "config-replaced", "E29", "a_config_is_sent_as_it_was_read_but_for_the_edit":
        "E29 replaces the whole object"
        => "the text is the one read, changed where it was edited; if another is there by then, nothing is sent";
    "config-type", "E25", "config_calls_always_say_the_type":
        "type is required, though documented as optional"
        => "it is always sent";
    "config-production", "E24", "configs_of_production_environments_are_not_created_or_updated":
        "creating and updating for production look for a test environment and fail"
        => "the functions take no Family; the one for E24 says in its name what to expect";
    "config-keys", "E27", "a_config_is_read_from_any_of_its_envelopes":
        "four keys, one with a capital letter; project_key where the document says product_key"
        => "all are read";
    "numeric-success", "E30", "a_numeric_success_is_an_acknowledgement":
        "success, where the document says 200"
        => "both are an acknowledgement, and so is an empty body";
    "scale-service", "E32", "scaling_always_names_the_service":
        "service_name is required from v4.2.1 and undocumented"
        => "it is always sent";
    "scale-zero", "E32", "scaling_always_says_the_number":
        "an absent target_replicas means 0"
        => "it is always sent";
    "test-only", "6.14", "scaling_and_images_are_for_test_environments_only":
        "scale and image updates are done for test environments only"
        => "their functions take no Family";
    "image-type", "E35", "an_image_update_never_sends_a_type":
        "a body field type overrides the path's kind"
        => "it is never sent";
    "image-path-case", "1", "the_image_path_is_read_under_both_names":
        "imagePath before v4.0.0, image_path since"
        => "both are read";
    "event-env", "E38", "events_are_asked_for_with_env_name_in_camel_case":
        "the parameter is envName"
        => "envName is sent";
    "hidden-values", "9.2", "a_value_that_the_server_hides_is_never_saved":
        "newer servers may answer ******** in the place of a secret"
        => "nothing with such a value is sent";
    "production-flag", "9.2", "events_and_logs_of_production_environments_say_so":
        "newer servers want production=true with events and logs of production environments; older ones ignore it"
        => "it is sent for them, and nothing for test environments";
    "k8services", "E39", "the_servers_spelling_of_k8services_comes_first":
        "the route is k8services; the documented k8sservices is a 404 in text"
        => "the server's is asked, then the document's where there is no such route";
    "portal-unreadable", "E43", "a_portal_answer_that_was_left_out_is_not_an_empty_portal":
        "the answer is left out: {\"message\":\"success\"}"
        => "that is PortalService::Unreadable, never an empty list";
    "portal-array", "E44", "portal_hosts_are_sent_as_a_bare_array":
        "the body is a bare array"
        => "it is sent so";
    "portal-replaced", "E44", "portal_hosts_changed_by_others_are_not_overwritten":
        "all hosts of the service are replaced"
        => "they are read again before the review and before sending; where they cannot be read, the review says so";
    "portal-removal", "6.12", "removing_a_portal_wants_the_name_of_the_service":
        "an empty list removes the portal, and every port Zadig opened on the shared ingress gateway"
        => "it is an operation of its own, which says so and wants the service's name typed";
    "sharing-vacuous", "6.11", "without_services_the_label_alone_tells_that_it_is_off":
        "without pods and services two checks hold of themselves, so turning off is never ready"
        => "the label alone decides there";
    "sub-env-where-given", "E07", "sub_env_is_sent_only_where_given":
        "sub_env is known from v4.2.0 on"
        => "it is left out unless given";
    "no-alias-for-test", "E09", "a_test_edit_sends_no_alias":
        "test environments ignore env_name"
        => "none can be given";
    "refusals-as-500", "0.2", "refusals_that_come_as_500_are_told_by_their_text":
        "most refusals are a 500 or a 400 with a code of several meanings"
        => "status, code and text are judged together";
    "empty-refusals", "0.3", "empty_bodies_are_judged_by_their_status":
        "401, 403, failed binding and panics have empty bodies"
        => "the status alone decides";
    "token-not-in-url", "3", "no_call_has_the_token_in_its_address":
        "?token= is accepted, and logged"
        => "the token is sent in the header only";
    "tails-word", "E45", "a_log_request_says_tails_and_since_only_where_given":
        "tails, as text; since from v4.2.0"
        => "tails is always sent, since where given";
}

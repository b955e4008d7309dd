//! The OpenAPI document: from the routes themselves, and from the catalogue of commands.

use axum::Router;
use serde_json::{Value, json};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::request::ON_BEHALF_OF;
use super::{Http, ROUTES, routes};
use crate::app::catalogue;

/// Where the document is served.
const PATH: &str = "/api/openapi.json";

/// Returns the document.
pub fn document() -> Value {
    let (_, api) = routes().split_for_parts();
    let mut document = serde_json::to_value(api).expect("the document is JSON");
    document["info"] = json!({
        "title": "Tenantry",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Commands append events to a ledger; reads show what follows from them.",
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    document["components"]["securitySchemes"] = json!({ "key": { "type": "http", "scheme": "bearer" } });
    for (method, path, access) in ROUTES {
        if let Some(operation) = document["paths"][path].get_mut(method) {
            operation["x-roles"] = access.json();
        }
    }
    for spec in catalogue() {
        let text = spec.body.json().to_string().replace("#/$defs/", "#/components/schemas/");
        let mut schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
        if let Some(Value::Object(definitions)) =
            schema.as_object_mut().and_then(|fields| fields.remove("$defs"))
        {
            for (name, definition) in definitions {
                document["components"]["schemas"][name] = definition;
            }
        }
        document["components"]["schemas"][spec.name] = schema;
        let mut general = document["paths"]["/api/v1/commands/{name}"]["post"].clone();
        general["summary"] = json!(spec.summary);
        general["x-roles"] = json!(spec.roles);
        general["operationId"] = json!(spec.name);
        general["requestBody"]["content"]["application/json"]["schema"] =
            json!({ "$ref": format!("#/components/schemas/{}", spec.name) });
        if let Some(parameters) = general["parameters"].as_array_mut() {
            parameters.retain(|parameter| parameter["name"] != "name");
        }
        document["paths"][format!("/api/v1/commands/{}", spec.name)]["post"] = general;
    }
    add_on_behalf_of(&mut document);
    document
}

/// Says of each operation that a key opens that it can be asked for on behalf of a sub-partner.
fn add_on_behalf_of(document: &mut Value) {
    let parameter = json!({
        "name": ON_BEHALF_OF, "in": "header", "required": false,
        "description": "the direct sub-partner for which a caller of its parent acts",
        "schema": { "type": "string", "pattern": "^ptr_[0-7][0-9a-hjkmnp-tv-z]{25}$" },
    });
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in
        paths.flat_map(|path| path.as_object_mut().into_iter().flat_map(|path| path.values_mut()))
    {
        let Some(fields) = operation.as_object_mut() else { continue };
        if !fields.contains_key("security") {
            continue;
        }
        let parameters = fields.entry("parameters").or_insert_with(|| json!([]));
        parameters.as_array_mut().expect("parameters are a list").push(parameter.clone());
    }
}

/// Serves the document, and a page to read it with.
pub(super) fn pages() -> Router<Http> {
    SwaggerUi::new("/api/docs").external_url_unchecked(PATH, document()).config(Config::from(PATH)).into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_parameters_of_a_path_are_those_that_it_names() {
        let document = document();
        for (path, operations) in document["paths"].as_object().expect("is an object") {
            let named: BTreeSet<&str> = path
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name)
                .collect();
            for (method, operation) in operations.as_object().expect("is an object") {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let declared: BTreeSet<&str> =
                    parameters.filter(|it| it["in"] == "path").filter_map(|it| it["name"].as_str()).collect();
                assert_eq!(declared, named, "{method} {path}");
            }
        }
    }
}

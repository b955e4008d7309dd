//! What becomes of packages: the rules of the catalogue and of the platform of a demonstration, in plain words.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::plain::{ADD_ON, BASES, Customer, Organization, Package};

/// The most units that the platform of a demonstration gives.
pub(super) const UNITS_MAX: u32 = 1_000_000;

/// Why a command must be refused: status and code.
pub(super) type No = (u16, &'static str);

/// How work ends: `succeeded`, also in part, or `failed`.
pub(super) type Ended = &'static str;

fn error(code: u32, description: &str) -> Value {
    json!({ "code": code, "description": description })
}

/// What the platform says of a name that it refuses.
pub(super) fn name_refused() -> Value {
    error(2570, "a name that says refused is refused")
}

/// What a customer says that was declined.
pub(super) fn declined() -> Value {
    error(0, "an administrator of the organization declined")
}

/// What work says that was cancelled, or whose customer an operator refused.
pub(super) fn own(description: &str) -> Value {
    error(0, description)
}

/// Puts the add-on last.
pub(super) fn in_order(packages: &[&'static str]) -> Vec<&'static str> {
    let (mut ordered, add_ons): (Vec<_>, Vec<_>) = packages.iter().copied().partition(|name| *name != ADD_ON);
    ordered.extend(add_ons);
    ordered
}

/// Checks a list of packages with its limits; `has_place` tells whether there is somewhere to call from.
pub(super) fn check(
    packages: &[&'static str],
    limits: &BTreeMap<&'static str, u32>,
    has_place: bool,
) -> Result<(), No> {
    if packages.contains(&ADD_ON) && !packages.iter().any(|name| BASES.contains(name)) {
        return Err((422, "package_base_missing"));
    }
    if limits.keys().any(|name| !packages.contains(name)) {
        return Err((422, "limit_without_package"));
    }
    if !has_place && packages.iter().any(|name| BASES.contains(name)) {
        return Err((422, "calling_location_missing"));
    }
    Ok(())
}

/// Asks the platform for a package; the add-on is only asked for with a base that is there.
fn provision(
    customer: &mut Customer,
    organization: &mut Organization,
    name: &'static str,
    has_base: bool,
) -> bool {
    let limit = customer.limits.get(name).copied();
    let id = customer.id.clone();
    if customer.package(name).is_none() {
        customer.packages.push(Package::new(name));
    }
    let package = customer.package(name).expect("it was put there");
    package.wanted = true;
    package.error = if name == ADD_ON && !has_base {
        Some(error(0, &format!("{name} was not provisioned: no base package that it works with was")))
    } else if limit.is_some_and(|limit| limit > UNITS_MAX) {
        Some(error(2570, &format!("nobody gets more than {UNITS_MAX} units of {name}")))
    } else {
        None
    };
    package.failed = package.error.is_some();
    if !package.failed {
        (package.licensed, package.limit) = (true, limit);
        organization.licenses.insert((name, Some(id)), ("active", limit));
    }
    !package.failed
}

/// Notes how a step ended: in its place if the work has it already, else at the end.
pub(super) fn note(customer: &mut Customer, step: String, state: &'static str) {
    match customer.steps.iter_mut().find(|(known, _)| *known == step) {
        Some(known) => known.1 = state,
        None => customer.steps.push((step, state)),
    }
}

fn done(ok: bool) -> &'static str {
    if ok { "done" } else { "failed" }
}

/// Provisions packages of a customer that has its organization and was not provisioned before.
pub(super) fn equip(
    customer: &mut Customer,
    organization: &mut Organization,
    packages: &[&'static str],
) -> Ended {
    customer.left = None;
    for name in in_order(packages) {
        let has_base = customer.packages.iter().any(|it| BASES.contains(&it.name) && !it.failed);
        let ok = provision(customer, organization, name, has_base);
        note(customer, format!("provision_package:{name}"), done(ok));
    }
    customer.errors = customer.package_errors();
    let some = customer.packages.iter().any(|package| !package.failed);
    let (status, ended) = match (some, customer.errors.is_empty()) {
        (_, true) => ("provisioned", "succeeded"),
        (true, false) => ("provisioned_with_errors", "succeeded"),
        (false, false) => ("error", "failed"),
    };
    customer.status = status;
    ended
}

/// A change of a customer's packages.
pub(super) struct Change {
    /// All that it is to have.
    pub(super) packages: Vec<&'static str>,
    /// What is provisioned, in order.
    pub(super) provision: Vec<&'static str>,
    /// What is removed.
    pub(super) remove: Vec<&'static str>,
}

impl Change {
    /// What must happen so that the customer has these packages with its limits.
    pub(super) fn to(customer: &Customer, packages: &[&'static str]) -> Self {
        let is_so = |name: &str| {
            let has = |it: &&Package| it.name == name && !it.failed;
            let there = customer.packages.iter().find(has);
            there.is_some_and(|it| it.limit == customer.limits.get(name).copied())
        };
        let provision = in_order(packages).into_iter().filter(|name| !is_so(name)).collect();
        let gone = customer.packages.iter().map(|it| it.name).filter(|name| !packages.contains(name));
        Self { packages: packages.to_vec(), provision, remove: gone.collect() }
    }

    /// What must be done again of what failed: all, or one step.
    pub(super) fn again(customer: &Customer, only: Option<&str>) -> Self {
        let again = |wanted: bool| {
            let failed = customer.packages.iter().filter(move |it| it.failed && it.wanted == wanted);
            failed.filter(|it| only.is_none_or(|step| step == it.step())).map(|it| it.name).collect()
        };
        let wanted = customer.packages.iter().filter(|it| it.wanted).map(|it| it.name);
        Self { packages: wanted.collect(), provision: again(true), remove: again(false) }
    }

    /// Carries it out.
    pub(super) fn carry_out(self, customer: &mut Customer, organization: &mut Organization) -> Ended {
        customer.steps.clear();
        customer.left = None;
        let mut worked = self.provision.is_empty() && self.remove.is_empty();
        for name in in_order(&self.provision) {
            let has_base = self.has_base(customer, None);
            let ok = provision(customer, organization, name, has_base);
            worked |= ok;
            note(customer, format!("provision_package:{name}"), done(ok));
        }
        let add_on_stays = self.packages.contains(&ADD_ON)
            && customer.packages.iter().any(|it| it.name == ADD_ON && it.licensed);
        for name in &self.remove {
            let needed = add_on_stays && BASES.contains(name) && !self.has_base(customer, Some(name));
            worked |= !needed;
            if needed {
                let package = customer.package(name).expect("it is there");
                let text = format!("{name} was not removed: an add-on that stays needs it");
                (package.failed, package.wanted, package.error) = (true, false, Some(error(0, &text)));
            } else {
                drop_package(customer, organization, name);
            }
            note(customer, format!("remove_package:{name}"), done(!needed));
        }
        customer.errors = customer.package_errors();
        match (customer.errors.is_empty(), worked) {
            (true, _) => customer.status = "provisioned",
            (false, true) => customer.status = "provisioned_with_errors",
            // Nothing worked: it is where it was.
            (false, false) => return "failed",
        }
        "succeeded"
    }

    /// Whether one of the packages that are meant to be there is a base that is there, another than that one.
    fn has_base(&self, customer: &Customer, but: Option<&str>) -> bool {
        let is = |it: &&Package| BASES.contains(&it.name) && it.licensed && Some(it.name) != but;
        customer.packages.iter().filter(is).any(|it| self.packages.contains(&it.name))
    }
}

/// Takes a package and its license away.
fn drop_package(customer: &mut Customer, organization: &mut Organization, name: &str) {
    customer.packages.retain(|package| package.name != name);
    customer.limits.retain(|package, _| *package != name);
    cancel_licenses(organization, &customer.id, Some(name));
}

/// Cancels what a customer brought: all, or of one package.
pub(super) fn cancel_licenses(organization: &mut Organization, customer: &str, of: Option<&str>) {
    for ((package, holder), (state, _)) in &mut organization.licenses {
        if holder.as_deref() == Some(customer) && of.is_none_or(|name| name == *package) {
            *state = "cancelled";
        }
    }
}

/// Tells whether a step can be left out.
pub(super) fn skippable(customer: &Customer, step: &str) -> Result<(), No> {
    if !step.contains(':') {
        return Err((422, "step_not_skippable"));
    }
    let open = customer.packages.iter().find(|it| it.failed && it.step() == step && customer.there);
    let Some(package) = open else { return Err((409, "step_not_open")) };
    let stays = package.wanted && package.licensed;
    // D8
    if package.wanted && !stays && customer.packages.len() == 1 && customer.origin != "case" {
        return Err((422, "last_package"));
    }
    Ok(())
}

/// Leaves out a step that can be; tells whether nothing that failed is left.
pub(super) fn skip(customer: &mut Customer, organization: &mut Organization, step: &str) -> bool {
    let package = customer.packages.iter_mut().find(|it| it.step() == step).expect("it is open");
    let (name, limit) = (package.name, package.limit);
    if package.wanted && package.licensed {
        (package.failed, package.error) = (false, None);
        customer.limits.retain(|package, _| *package != name);
        customer.limits.extend(limit.map(|limit| (name, limit)));
    } else {
        drop_package(customer, organization, name);
    }
    if customer.steps.iter().any(|(known, _)| known == step) {
        note(customer, step.to_owned(), "skipped");
    }
    customer.errors = customer.package_errors();
    let failed = customer.steps.iter().filter(|(_, state)| *state == "failed");
    let errors = failed.filter_map(|(step, _)| {
        let package = customer.packages.iter().find(|it| it.step() == *step)?;
        package.error.clone()
    });
    customer.left = Some(errors.collect());
    let whole = !customer.has_failed_package();
    if whole {
        customer.status = "provisioned";
    }
    whole
}

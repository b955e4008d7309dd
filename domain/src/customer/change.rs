//! What a customer decides about changes of what it has, and about its removal.

use std::collections::BTreeMap;

use super::decide::Decision;
use super::{
    ApplySubscription, Asker, ChangeRefusal, Customer, CustomerEvent, CustomerRefusal,
    CustomerRemovalRequested, CustomerRemoved, CustomerStatus, CustomerUpdateRequested, OperationCancelled,
    Origin, PackageRemovalFailed, PackageRemoved, PackageState, PackageStatus, RemovalOutcome, Remove,
    Requested, Step, SubscriptionChange, Update, UpdateCustomerOrg, packages,
};
use crate::catalogue::{self, Package};
use crate::ids::{LocationId, OperationId, SubscriptionId};
use crate::role::Channel;

impl Requested {
    /// Refuses what has to wait for other work, or for the customer to be provisioned.
    pub(super) fn may_change(&self) -> Result<(), ChangeRefusal> {
        match (self.under_way(), self.status) {
            (Some(operation_id), _) => Err(ChangeRefusal::UnderWay(operation_id)),
            (None, CustomerStatus::Provisioned | CustomerStatus::ProvisionedWithErrors) => Ok(()),
            (None, _) => Err(ChangeRefusal::NotReady(self.id)),
        }
    }

    /// Refuses a removal while work is under way; an attach that waits for consent is given up by it.
    pub(super) fn may_be_removed(&self) -> Result<(), ChangeRefusal> {
        match self.under_way() {
            Some(operation_id) if self.status != CustomerStatus::AwaitingConsent => {
                Err(ChangeRefusal::UnderWay(operation_id))
            }
            _ => Ok(()),
        }
    }

    /// Refuses to a signed-in person what is done to the partner's own organization (R103, D7).
    pub fn check_channel(&self, asker: Asker) -> Result<(), ChangeRefusal> {
        if self.is_closed_to(asker) { Err(ChangeRefusal::ApiOnly) } else { Ok(()) }
    }

    /// Tells whether it is the partner's own organization, once attached, and whoever asks comes another way than through
    /// the API (R103, D7).
    pub fn is_closed_to(&self, asker: Asker) -> bool {
        let own = self.is_attached()
            && self.organization_there
            && asker.home_organization == Some(self.organization_id);
        own && asker.channel == Channel::Hub
    }

    /// The packages that it is meant to have.
    fn wanted(&self) -> Vec<Package> {
        self.packages.iter().filter(|state| state.wanted).map(|state| state.package).collect()
    }

    /// A change that brings the customer to these packages and limits: what is not there or differs is provisioned,
    /// what is not among them is removed.
    fn change_to(
        &self,
        operation_id: OperationId,
        packages: &[Package],
        limits: BTreeMap<Package, u32>,
    ) -> CustomerUpdateRequested {
        let packages = catalogue::in_order(packages);
        let is_so = |package: &Package| {
            self.package(*package).is_some_and(|state| {
                state.status == PackageStatus::Provisioned && state.limit == limits.get(package).copied()
            })
        };
        let provision: Vec<Package> = packages.iter().filter(|package| !is_so(package)).copied().collect();
        let remove = self.packages.iter().map(|state| state.package);
        let remove: Vec<Package> = remove.filter(|package| !packages.contains(package)).collect();
        let changing = self.packages.iter().filter(|state| {
            !state.license_ids.is_empty()
                && (provision.contains(&state.package) || remove.contains(&state.package))
        });
        CustomerUpdateRequested {
            customer_id: self.id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id,
            external_id: None,
            label: None,
            address: None,
            license_ids: changing.map(|state| (state.package, state.license_ids.clone())).collect(),
            packages,
            limits,
            location: self.location.clone(),
            meetings_timezone: self.meetings_timezone.clone(),
            provision,
            remove,
            subscription: None,
        }
    }

    /// A change that does again what failed: all of it, or one step.
    pub(super) fn change_again(
        &self,
        operation_id: OperationId,
        only: Option<Step>,
    ) -> CustomerUpdateRequested {
        let again = |state: &PackageState| {
            state.status == PackageStatus::Error && only.is_none_or(|step| step == state.step())
        };
        let of = |wanted: bool| {
            let states = self.packages.iter().filter(move |state| state.wanted == wanted && again(state));
            states.map(|state| state.package).collect::<Vec<_>>()
        };
        let mut change = self.change_to(operation_id, &self.wanted(), self.limits.clone());
        (change.provision, change.remove) = (of(true), of(false));
        // What failed and is not tried again is not there: no add-on is built on it.
        let there =
            |package: &Package| self.package(*package).is_some_and(|state| !state.license_ids.is_empty());
        change.packages.retain(|package| change.provision.contains(package) || there(package));
        change
    }

    /// Refuses to take the last base of an add-on that is there and stays.
    fn check_bases(&self, packages: &[Package]) -> Result<(), ChangeRefusal> {
        for add_on in
            packages.iter().filter(|package| package.is_add_on() && self.package(**package).is_some())
        {
            let bases = add_on.requires_any();
            if bases.iter().any(|base| packages.contains(base)) {
                continue;
            }
            if let Some(base) = bases.iter().find(|base| self.package(**base).is_some()) {
                return Err(ChangeRefusal::PackageInUse { package: *base, count: 1, by: add_on.as_str() });
            }
        }
        Ok(())
    }
}

impl Customer {
    pub(super) fn update(&self, request: Update) -> Decision {
        let Update { operation_id, data, known_external_id, asker, offered } = request;
        let requested = self.may_be_updated(asker)?;
        if known_external_id != requested.external_id {
            return Err(ChangeRefusal::ChangedMeanwhile(requested.id).into());
        }
        let UpdateCustomerOrg { packages, external_id, address, limits, label, calling, meetings, .. } = data;
        offered.check(address.as_ref(), calling.as_ref().map(|calling| &calling.location))?;
        let asks_for_packages = packages.is_some() || limits.is_some();
        let packages = packages.unwrap_or_else(|| requested.wanted());
        let mut all_limits = requested.limits.clone();
        all_limits.retain(|package, _| packages.contains(package));
        all_limits.extend(limits.unwrap_or_default());
        if asks_for_packages {
            requested.check_bases(&packages)?;
            packages::check(&packages, &all_limits)?;
            requested.check_use(&packages, &all_limits)?;
        }
        if let Some(calling) = &calling {
            let head_office = LocationId::of_head_office(requested.id);
            requested.check_location_name(head_office, &calling.location.name)?;
        }
        let location = calling.map(|calling| calling.location).or(requested.location.clone());
        // R89
        if let Some(package) = packages.iter().find(|package| package.is_calling() && location.is_none()) {
            return Err(CustomerRefusal::LocationMissing(*package));
        }
        let mut change = requested.change_to(operation_id, &packages, all_limits);
        if !asks_for_packages {
            (change.provision, change.remove) = (vec![], vec![]);
        }
        change.location = location;
        change.meetings_timezone = meetings.map(|it| it.timezone).or(change.meetings_timezone);
        change.external_id = external_id;
        change.address = address;
        change.label = label;
        Ok(self.changed(change))
    }

    /// The change, and its end where the platform has nothing to do.
    pub(super) fn changed(&self, change: CustomerUpdateRequested) -> Vec<CustomerEvent> {
        self.ended(vec![Box::new(change).into()])
    }

    pub(super) fn apply_subscription(&self, order: ApplySubscription) -> Decision {
        let ApplySubscription { subscription_id, operation_id, lines, location } = order;
        let Some(requested) = self.requested.as_ref().filter(|requested| requested.is_there()) else {
            return Ok(vec![]);
        };
        if requested.subscriptions.get(&subscription_id) == Some(&lines) {
            return Ok(vec![]);
        }
        requested.may_change()?;
        let mut subscriptions = requested.subscriptions.clone();
        subscriptions.insert(subscription_id, lines.clone());
        let mut packages = requested.wanted();
        packages.extend(lines.keys().filter(|package| !requested.wanted().contains(package)));
        let limits = requested.not_below_use(limits(&requested.limits, &packages, &subscriptions));
        let mut change = requested.change_to(operation_id, &packages, limits);
        change.location = change.location.or(location);
        change.subscription = Some(SubscriptionChange { id: subscription_id, lines });
        Ok(self.changed(change))
    }

    pub(super) fn end_subscription(
        &self,
        subscription_id: SubscriptionId,
        operation_id: OperationId,
    ) -> Decision {
        let Some(requested) = self.requested.as_ref().filter(|requested| requested.is_there()) else {
            return Ok(vec![]);
        };
        let mut subscriptions = requested.subscriptions.clone();
        let Some(ended) = subscriptions.remove(&subscription_id) else { return Ok(vec![]) };
        requested.may_change()?;
        let still_ordered =
            |package: &Package| subscriptions.values().any(|lines| lines.contains_key(package));
        let unordered = |package: &Package| ended.contains_key(package) && !still_ordered(package);
        // What subscribers have is not taken from them.
        let gone = |package: &Package| unordered(package) && requested.in_use(*package) == 0;
        let mut packages: Vec<Package> =
            requested.wanted().into_iter().filter(|package| !gone(package)).collect();
        // A base stays for as long as an add-on needs it.
        for add_on in packages.clone().iter().filter(|package| package.is_add_on()) {
            let bases = add_on.requires_any();
            if !bases.iter().any(|base| packages.contains(base)) {
                packages.extend(bases.iter().filter(|base| requested.wanted().contains(base)));
            }
        }
        let mut known = requested.limits.clone();
        known.retain(|package, _| packages.contains(package));
        let left = packages.iter().filter(|package| package.limit_allowed() && unordered(package));
        known.extend(left.map(|it| (*it, requested.in_use(*it))).filter(|(_, count)| *count > 0));
        let limits = requested.not_below_use(limits(&known, &packages, &subscriptions));
        let mut change = requested.change_to(operation_id, &packages, limits);
        change.subscription = Some(SubscriptionChange { id: subscription_id, lines: BTreeMap::new() });
        Ok(self.changed(change))
    }

    pub(super) fn remove(&self, request: &Remove) -> Decision {
        let requested = self.may_be_removed(request.asker, request.cascade)?;
        let states = || requested.packages.iter().filter(|_| requested.organization_there);
        let licensed = states().filter(|state| !state.license_ids.is_empty());
        // The request for consent is given up, and nobody waits for it any more.
        let given_up = requested.under_way().map(|operation_id| {
            OperationCancelled { customer_id: requested.id, operation_id, reason: None }.into()
        });
        let mut events: Vec<CustomerEvent> = given_up.into_iter().collect();
        events.push(
            Box::new(CustomerRemovalRequested {
                customer_id: requested.id,
                partner_id: requested.partner_id,
                organization_id: requested.organization_id,
                operation_id: request.operation_id,
                external_id: requested.external_id.clone(),
                cascade: request.cascade,
                remove: states().map(|state| state.package).collect(),
                license_ids: licensed.map(|state| (state.package, state.license_ids.clone())).collect(),
            })
            .into(),
        );
        Ok(events)
    }

    pub(super) fn record_removal(
        &self,
        operation_id: OperationId,
        package: Package,
        outcome: &RemovalOutcome,
    ) -> Vec<CustomerEvent> {
        let step = Step::RemovePackage(package);
        let awaiting = self.requested.as_ref().filter(|requested| requested.awaits(operation_id, step));
        let Some(customer_id) = awaiting.map(|requested| requested.id) else { return vec![] };
        self.ended(vec![match outcome {
            RemovalOutcome::Removed => PackageRemoved { customer_id, operation_id, package }.into(),
            RemovalOutcome::Failed(error) => {
                PackageRemovalFailed { customer_id, operation_id, package, error: error.bounded() }.into()
            }
        }])
    }

    pub(super) fn record_released(&self, operation_id: OperationId) -> Vec<CustomerEvent> {
        let awaits = |requested: &&Requested| requested.awaits(operation_id, Step::ReleaseOrganization);
        let Some(requested) = self.requested.as_ref().filter(awaits) else { return vec![] };
        let removed = CustomerRemoved {
            customer_id: requested.id,
            organization_id: requested.organization_id,
            operation_id,
            subscription_ids: requested.subscriptions.keys().copied().collect(),
            subscriber_ids: requested.places.seats.keys().copied().collect(),
            location_ids: requested.location_ids().collect(),
            numbers: requested.places.numbers.keys().cloned().collect(),
        };
        vec![removed.into()]
    }

    /// Tells whether a customer comes from a case.
    pub(super) fn is_of_case(requested: &Requested) -> bool {
        requested.origin == Origin::Case
    }
}

/// The limits once subscriptions have changed: what they order of a package in all, else what is known.
fn limits(
    known: &BTreeMap<Package, u32>,
    packages: &[Package],
    subscriptions: &BTreeMap<SubscriptionId, BTreeMap<Package, u32>>,
) -> BTreeMap<Package, u32> {
    let mut limits = known.clone();
    for package in packages.iter().filter(|package| package.limit_allowed()) {
        let ordered = subscriptions.values().filter_map(|lines| lines.get(package));
        if let Some(sum) = ordered.copied().reduce(u32::saturating_add) {
            limits.insert(*package, sum);
        }
    }
    limits
}

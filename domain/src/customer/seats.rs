//! What a customer decides about the seats of its subscribers (R67, R68).

use super::decide::Decision;
use super::{
    ChangeRefusal, Customer, CustomerEvent, CustomerStatus, PackageState, PackageStatus, Requested, Seat,
    SeatChanged, SeatFault, SeatRefusal, SeatReleased, SeatTaken,
};
use crate::catalogue::Package;
use crate::ids::SubscriberId;
use crate::limits::SEATS_MAX;

impl PackageState {
    /// Tells whether the customer has it, and keeps it whatever work is under way.
    fn is_there(&self) -> bool {
        self.wanted && (self.status == PackageStatus::Provisioned || !self.license_ids.is_empty())
    }
}

impl Requested {
    /// Refuses what needs a customer that is equipped: one that is provisioned, or whose packages are being changed.
    pub(super) fn may_be_peopled(&self) -> Result<(), ChangeRefusal> {
        match (self.status, self.under_way()) {
            (
                CustomerStatus::Provisioned
                | CustomerStatus::ProvisionedWithErrors
                | CustomerStatus::Updating,
                _,
            ) => Ok(()),
            (_, Some(operation_id)) => Err(ChangeRefusal::UnderWay(operation_id)),
            (_, None) => Err(ChangeRefusal::NotReady(self.id)),
        }
    }

    /// How often a package may be assigned: while its limit is being changed, the lesser of both holds, so that either
    /// outcome is kept.
    fn limit_of(&self, package: Package) -> Option<u32> {
        let provisioned = self.package(package).and_then(|state| state.limit);
        provisioned.into_iter().chain(self.limits.get(&package).copied()).min()
    }

    /// What is wrong with a seat that a subscriber would have in the place of the one before.
    fn seat_faults(&self, seat: &Seat, before: Option<&Seat>) -> Vec<SeatFault> {
        let mut faults = shape_faults(seat);
        // What the subscriber has stays, however far the customer is with it.
        let new =
            seat.packages.iter().filter(|package| before.is_none_or(|it| !it.packages.contains(package)));
        faults.extend(new.filter_map(|package| self.package_fault(*package)));
        faults.extend(self.location_faults(seat));
        faults
    }

    fn package_fault(&self, package: Package) -> Option<SeatFault> {
        if !self.package(package).is_some_and(PackageState::is_there) {
            return Some(SeatFault::PackageNotProvisioned(package));
        }
        let (limit, count) = (self.limit_of(package)?, self.in_use(package));
        (count >= limit).then_some(SeatFault::LimitReached { package, limit, count })
    }

    fn location_faults(&self, seat: &Seat) -> Vec<SeatFault> {
        let mut faults = vec![];
        let location_id = seat.location_id;
        faults.extend(location_id.filter(|id| self.location(*id).is_none()).map(SeatFault::LocationUnknown));
        let number = seat.phone_number.as_ref();
        faults.extend(number.and_then(|number| {
            let number = number.clone();
            let holder = self.places.holder(&number).filter(|holder| *holder != seat.subscriber_id);
            match (self.places.numbers.get(&number), holder) {
                (None, _) => Some(SeatFault::NumberUnknown(number)),
                (Some(_), Some(holder)) => Some(SeatFault::NumberInUse { number, holder }),
                (Some(lies_at), None) => {
                    let elsewhere = lies_at.filter(|location| Some(*location) != location_id);
                    elsewhere.map(|location| SeatFault::NumberElsewhere { number, location })
                }
            }
        }));
        faults.extend(seat.extension.clone().and_then(|extension| {
            let holder = self.places.seats.values().find(|other| {
                other.subscriber_id != seat.subscriber_id
                    && other.location_id == location_id
                    && other.extension.as_ref() == Some(&extension)
            })?;
            Some(SeatFault::ExtensionTaken { extension, holder: holder.subscriber_id })
        }));
        faults
    }
}

/// What is wrong with a seat, whatever customer it is of.
fn shape_faults(seat: &Seat) -> Vec<SeatFault> {
    let mut faults = vec![];
    let bases = seat.packages.iter().filter(|package| package.level().is_some()).count();
    if bases != 1 {
        faults.push(SeatFault::BasePackages(bases));
    }
    let without_base = |package: &&Package| {
        package.is_add_on() && !package.requires_any().iter().any(|base| seat.packages.contains(base))
    };
    faults.extend(seat.packages.iter().filter(without_base).copied().map(SeatFault::BaseMissing));
    if let Some(calling) = seat.packages.iter().copied().find(|package| package.is_calling()) {
        if seat.location_id.is_none() {
            faults.push(SeatFault::LocationMissing(calling));
        }
        if seat.phone_number.is_none() && seat.extension.is_none() {
            faults.push(SeatFault::NumberMissing(calling));
        }
    }
    faults
}

fn refuse_faults(faults: Vec<SeatFault>) -> Result<(), SeatRefusal> {
    if faults.is_empty() { Ok(()) } else { Err(SeatRefusal(faults)) }
}

impl Customer {
    pub(super) fn take_seat(&self, seat: Seat) -> Decision {
        let requested = self.existing()?;
        let seat = seat.kept();
        match requested.places.seats.get(&seat.subscriber_id) {
            Some(known) if *known == seat => return Ok(vec![]),
            Some(known) => return Err(SeatRefusal(vec![SeatFault::Seated(known.subscriber_id)]).into()),
            None => {}
        }
        requested.may_be_peopled()?;
        let mut faults = requested.seat_faults(&seat, None);
        if requested.places.seats.len() >= SEATS_MAX {
            faults.push(SeatFault::TooMany);
        }
        refuse_faults(faults)?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        Ok(vec![SeatTaken { customer_id, organization_id, seat }.into()])
    }

    pub(super) fn change_seat(&self, seat: Seat) -> Decision {
        let requested = self.existing()?;
        let seat = seat.kept();
        let known = requested.places.seats.get(&seat.subscriber_id);
        let before = known.ok_or_else(|| SeatRefusal(vec![SeatFault::NotSeated(seat.subscriber_id)]))?;
        if *before == seat {
            return Ok(vec![]);
        }
        requested.may_be_peopled()?;
        refuse_faults(requested.seat_faults(&seat, Some(before)))?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        let before = before.clone();
        Ok(vec![Box::new(SeatChanged { customer_id, organization_id, seat, before }).into()])
    }

    /// A customer that is being removed, or gone, lets everybody go.
    pub(super) fn release_seat(&self, subscriber_id: SubscriberId) -> Vec<CustomerEvent> {
        let Some(requested) = &self.requested else { return vec![] };
        let Some(seat) = requested.places.seats.get(&subscriber_id).cloned() else { return vec![] };
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        vec![SeatReleased { customer_id, organization_id, seat }.into()]
    }
}

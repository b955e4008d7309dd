//! The packages on offer: which depend on which, which need a location, which can be limited.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::values::InvalidValue;

/// A unit of service that a customer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Package {
    /// Calling for a shared device, for example in a lobby.
    CommonAreaCalling,
    /// Calling with all features.
    WebexCalling,
    /// Meetings.
    WebexMeetings,
    /// Calling and meetings together.
    WebexSuite,
    /// Calling without messaging.
    WebexVoice,
    /// Calling with queues for a contact centre.
    CxEssentials,
    /// Calling with the basic features.
    WebexCallingStandard,
    /// Minutes to the telephone network; an add-on.
    CiscoCallingPlan,
    /// A console for attendants; an add-on.
    AttendantConsole,
    /// A contact-centre agent with all channels.
    CxPremiumAgent,
    /// A contact-centre agent.
    CxStandardAgent,
    /// Ports for voice responses.
    CxVoicePorts,
    /// An assistant for agents.
    CxAiAssistant,
    /// An automatic agent.
    WebexAiAgent,
}

/// The packages that make calls, and so need a calling location (R89).
const CALLING: &[Package] = &[
    Package::CommonAreaCalling,
    Package::WebexCalling,
    Package::WebexSuite,
    Package::WebexVoice,
    Package::CxEssentials,
    Package::WebexCallingStandard,
];

/// The packages that an attendant console works with.
const ATTENDED: &[Package] = &[Package::WebexCalling, Package::WebexSuite, Package::CxEssentials];

impl Package {
    /// Every package.
    pub const ALL: [Self; 14] = [
        Self::CommonAreaCalling,
        Self::WebexCalling,
        Self::WebexMeetings,
        Self::WebexSuite,
        Self::WebexVoice,
        Self::CxEssentials,
        Self::WebexCallingStandard,
        Self::CiscoCallingPlan,
        Self::AttendantConsole,
        Self::CxPremiumAgent,
        Self::CxStandardAgent,
        Self::CxVoicePorts,
        Self::CxAiAssistant,
        Self::WebexAiAgent,
    ];

    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommonAreaCalling => "common_area_calling",
            Self::WebexCalling => "webex_calling",
            Self::WebexMeetings => "webex_meetings",
            Self::WebexSuite => "webex_suite",
            Self::WebexVoice => "webex_voice",
            Self::CxEssentials => "cx_essentials",
            Self::WebexCallingStandard => "webex_calling_standard",
            Self::CiscoCallingPlan => "cisco_calling_plan",
            Self::AttendantConsole => "attendant_console",
            Self::CxPremiumAgent => "cx_premium_agent",
            Self::CxStandardAgent => "cx_standard_agent",
            Self::CxVoicePorts => "cx_voice_ports",
            Self::CxAiAssistant => "cx_ai_assistant",
            Self::WebexAiAgent => "webex_ai_agent",
        }
    }

    /// Returns the packages of which a customer must have at least one; empty for a base package.
    pub fn requires_any(self) -> &'static [Self] {
        match self {
            Self::CiscoCallingPlan => CALLING,
            Self::AttendantConsole => ATTENDED,
            Self::CommonAreaCalling
            | Self::WebexCalling
            | Self::WebexMeetings
            | Self::WebexSuite
            | Self::WebexVoice
            | Self::CxEssentials
            | Self::WebexCallingStandard
            | Self::CxPremiumAgent
            | Self::CxStandardAgent
            | Self::CxVoicePorts
            | Self::CxAiAssistant
            | Self::WebexAiAgent => &[],
        }
    }

    /// Tells whether it exists only on top of another package.
    pub fn is_add_on(self) -> bool {
        !self.requires_any().is_empty()
    }

    /// Tells whether it needs a calling location (R89).
    pub fn is_calling(self) -> bool {
        CALLING.contains(&self)
    }

    /// Tells whether the number of its assignments can be limited.
    pub fn limit_allowed(self) -> bool {
        self.is_calling() || matches!(self, Self::WebexMeetings | Self::AttendantConsole)
    }

    /// Returns its rank among the base packages that a person or device holds, from the least (R70, R71).
    ///
    /// `None` for a package that no level is compared by.
    pub fn level(self) -> Option<u8> {
        match self {
            Self::CommonAreaCalling => Some(1),
            Self::WebexMeetings => Some(2),
            Self::WebexVoice => Some(3),
            Self::WebexCallingStandard => Some(4),
            Self::WebexCalling => Some(5),
            Self::WebexSuite => Some(6),
            Self::CxEssentials => Some(7),
            Self::CiscoCallingPlan
            | Self::AttendantConsole
            | Self::CxPremiumAgent
            | Self::CxStandardAgent
            | Self::CxVoicePorts
            | Self::CxAiAssistant
            | Self::WebexAiAgent => None,
        }
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Package {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|package| package.as_str() == text);
        found.ok_or(InvalidValue("not a package of the catalogue"))
    }
}

/// Puts base packages before add-ons and keeps the given order within both.
pub fn in_order(packages: &[Package]) -> Vec<Package> {
    let (add_ons, mut ordered): (Vec<_>, Vec<_>) = packages.iter().partition(|package| package.is_add_on());
    ordered.extend(add_ons);
    ordered
}

/// How far a base package is, as its add-ons see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseState {
    /// Not asked for.
    Absent,
    /// Asked for, outcome unknown.
    Open,
    /// There.
    Provisioned,
    /// Not there.
    Failed,
}

/// Whether an add-on can be provisioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Not yet: a base package has not settled.
    Waits,
    /// Now.
    Ready,
    /// Never: no base package is there.
    BaseFailed,
}

/// Tells whether an add-on can be provisioned, given how far each package is.
pub fn readiness(add_on: Package, state_of: impl Fn(Package) -> BaseState) -> Readiness {
    let states: Vec<_> = add_on.requires_any().iter().map(|base| state_of(*base)).collect();
    if states.contains(&BaseState::Open) {
        Readiness::Waits
    } else if states.contains(&BaseState::Provisioned) {
        Readiness::Ready
    } else {
        Readiness::BaseFailed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_the_same_name_in_json_and_in_text() {
        for package in Package::ALL {
            let json = serde_json::to_value(package).expect("is a name");
            assert_eq!(json, package.as_str());
            assert_eq!(package.as_str().parse(), Ok(package));
        }
        assert!("webex_telepathy".parse::<Package>().is_err());
    }

    #[test]
    fn two_packages_are_add_ons_and_each_names_base_packages() {
        let add_ons: Vec<_> = Package::ALL.into_iter().filter(|package| package.is_add_on()).collect();
        assert_eq!(add_ons, [Package::CiscoCallingPlan, Package::AttendantConsole]);
        assert!(add_ons.iter().flat_map(|package| package.requires_any()).all(|base| !base.is_add_on()));
    }

    #[test]
    fn r89_six_packages_are_calling_packages() {
        assert_eq!(Package::ALL.into_iter().filter(|package| package.is_calling()).count(), 6);
    }

    #[test]
    fn eight_packages_can_be_limited() {
        assert_eq!(Package::ALL.into_iter().filter(|package| package.limit_allowed()).count(), 8);
    }

    #[test]
    fn r70_no_two_packages_share_a_level() {
        let mut levels: Vec<_> = Package::ALL.into_iter().filter_map(Package::level).collect();
        levels.sort_unstable();
        assert_eq!(levels, [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn base_packages_come_before_add_ons() {
        let given = [Package::AttendantConsole, Package::WebexSuite, Package::CommonAreaCalling];
        assert_eq!(
            in_order(&given),
            [Package::WebexSuite, Package::CommonAreaCalling, Package::AttendantConsole]
        );
    }

    #[test]
    fn an_add_on_is_ready_once_all_its_bases_have_settled_and_one_is_there() {
        let ready = |calling, suite| {
            readiness(Package::AttendantConsole, |base| match base.as_str() {
                "webex_calling" => calling,
                "webex_suite" => suite,
                _ => BaseState::Absent,
            })
        };
        assert_eq!(ready(BaseState::Provisioned, BaseState::Open), Readiness::Waits);
        assert_eq!(ready(BaseState::Provisioned, BaseState::Failed), Readiness::Ready);
        assert_eq!(ready(BaseState::Failed, BaseState::Absent), Readiness::BaseFailed);
    }
}

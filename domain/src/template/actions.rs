//! What may be done with a template now; the same guards decide.

use super::{Created, Template, TemplateRefusal};
use crate::refusal::Actions;

impl Template {
    /// Tells which commands to it would be refused.
    pub fn actions(&self, partner_active: bool) -> Actions<TemplateRefusal> {
        let exists = self.created.as_ref().ok_or(TemplateRefusal::NotFound);
        vec![("EditTemplate", self.editable(partner_active).map(drop)), ("RetireTemplate", exists.map(drop))]
    }

    /// The template, unless it is retired.
    pub(super) fn unretired(&self) -> Result<&Created, TemplateRefusal> {
        let created = self.created.as_ref().ok_or(TemplateRefusal::NotFound)?;
        if created.retired { Err(TemplateRefusal::Retired) } else { Ok(created) }
    }

    /// The template, if its partner may set it anew.
    pub(super) fn editable(&self, partner_active: bool) -> Result<&Created, TemplateRefusal> {
        let created = self.unretired()?;
        if partner_active { Ok(created) } else { Err(TemplateRefusal::PartnerSuspended(created.partner_id)) }
    }
}

//! Planning `E35`-`E37`: containers are picked from those that exist, images are checked.

use super::{Problem, only_test};
use crate::api::services::ServiceDetail;
use crate::api::workloads::{ImageTarget, ImageUpdate, update_image};
use crate::api::{Availability, Feature, Features};
use crate::domain::image::ImageRef;
use crate::ops::kind::Kind;
use crate::ops::plan::{Change, Facts, Impact, Plan, Subject, Warning};
use crate::ops::target::{Object, Target, WorkloadRef};
use crate::ops::text::Text;
use crate::ops::verify::image::{ImagesUpdated, Wanted, images_of};
use crate::route::EnvironmentRef;

/// A new image for a container of a workload or cron job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageEdit {
    /// The workload, or the cron job with kind `CronJob`.
    pub workload: WorkloadRef,
    /// The container, as the server named it.
    pub container: String,
    /// The image, as typed.
    pub image: String,
}

/// Plans to change images of one service, one call for each container, all verified together. HostOptions for what is there
/// already are left out. Several services are one group of plans.
///
/// # Errors
/// The first [`Problem`]; [`Problem::NothingToChange`] when every container has its image already.
pub fn update(
    env: &EnvironmentRef,
    service: &str,
    detail: &ServiceDetail,
    edits: &[ImageEdit],
    features: &Features,
) -> Result<Plan, Problem> {
    only_test(env.family)?;
    if edits.is_empty() {
        return Err(Problem::NothingChosen);
    }
    let mut checked = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        let same = |other: &ImageEdit| other.workload == edit.workload && other.container == edit.container;
        if edits.iter().take(index).any(same) {
            return Err(Problem::Twice(edit.container.clone()));
        }
        checked.extend(check(detail, edit, features)?);
    }
    if checked.is_empty() {
        return Err(Problem::NothingToChange);
    }
    Ok(plan(env, service, detail, &checked))
}

/// The images that an update took away: what is to be set to undo it.
pub fn before(facts: &Facts) -> Vec<ImageEdit> {
    let edit = |change: &Change| {
        let Subject::Image { workload, container } = &change.subject else { return None };
        let image = change.old.as_ref()?.reveal().to_owned();
        Some(ImageEdit { workload: workload.clone(), container: container.clone(), image })
    };
    facts.changes.iter().filter_map(edit).collect()
}

/// An edit that is possible and changes something.
struct Checked {
    target: ImageTarget,
    workload: WorkloadRef,
    container: String,
    old: String,
    new: ImageRef,
}

fn check(detail: &ServiceDetail, edit: &ImageEdit, features: &Features) -> Result<Option<Checked>, Problem> {
    let kind = &edit.workload.kind;
    let target = ImageTarget::of(kind).ok_or_else(|| Problem::NoImageCall(kind.clone()))?;
    if target == ImageTarget::Job && features.has(Feature::JobImage) != Availability::Yes {
        return Err(Problem::NoImageCall(kind.clone()));
    }
    let unknown = || Problem::UnknownWorkload(edit.workload.clone());
    let images = images_of(detail, &edit.workload).ok_or_else(unknown)?;
    let container = images.iter().find(|image| image.name == edit.container);
    let container = container.ok_or_else(|| Problem::UnknownContainer(edit.container.clone()))?;
    let new = ImageRef::parse(&edit.image)
        .map_err(|problem| Problem::Image { container: edit.container.clone(), problem })?;
    Ok((new.as_str() != container.image).then(|| Checked {
        target,
        workload: edit.workload.clone(),
        container: edit.container.clone(),
        old: container.image.clone(),
        new,
    }))
}

fn plan(env: &EnvironmentRef, service: &str, detail: &ServiceDetail, checked: &[Checked]) -> Plan {
    let request = |one: &Checked| {
        let update = ImageUpdate {
            project_key: env.project.clone(),
            env_key: env.key.clone(),
            service_name: service.to_owned(),
            workload_name: one.workload.name.clone(),
            container_name: one.container.clone(),
            image: one.new.as_str().to_owned(),
        };
        update_image(one.target, &update).request().clone()
    };
    let mut workloads: Vec<&WorkloadRef> = Vec::new();
    for one in checked {
        if !workloads.contains(&&one.workload) {
            workloads.push(&one.workload);
        }
    }
    let mut verifier = ImagesUpdated::new(service);
    for workload in &workloads {
        let of_it = checked.iter().filter(|one| one.workload == **workload);
        let wanted = of_it
            .map(|one| Wanted { container: one.container.clone(), image: one.new.as_str().to_owned() })
            .collect();
        verifier = verifier.expect(detail, workload, wanted);
    }
    let change = |one: &Checked| {
        let subject = Subject::Image { workload: one.workload.clone(), container: one.container.clone() };
        Change::new(subject, Some(Text::plain(&one.old)), Some(Text::plain(&one.new)))
    };
    let target = Target::new(env, Object::Service(service.to_owned()));
    let requests = checked.iter().map(request).collect();
    Plan::of_requests(Kind::UpdateImage, target, requests, verifier)
        .changes(checked.iter().map(change))
        .impacts([Impact {
            service: service.to_owned(),
            workloads: workloads.into_iter().cloned().collect(),
        }])
        .warnings(checked.iter().flat_map(warnings))
}

fn warnings(one: &Checked) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let new = one.new.full_repository();
    // An image in use that is no reference of the grammar cannot be compared.
    if let Ok(old) = ImageRef::parse(&one.old)
        && old.full_repository() != new
    {
        let old = old.full_repository();
        warnings.push(Warning::OtherRepository { container: one.container.clone(), old, new });
    }
    if one.new.is_floating() {
        warnings.push(Warning::FloatingTag { container: one.container.clone() });
    }
    warnings
}

//! What recipes say they make at most, held against what they do make.

use pentimento_recipe::Role;

use super::*;

#[test]
fn no_recipe_for_texts_makes_more_calls_or_texts_than_it_says() {
    const FEW: usize = 8;
    let writer = Ability { step: 0.7, ..Temper::Typical.ability() };
    let alone = Setting::alone(writer);
    let judged = Setting { judge: Some(Temper::Hasty.ability()), ..alone };
    let verified = Setting { verified: true, ..alone };
    for name in TextAlgorithm::NAMES {
        let recipe = pentimento_recipe::find(name).unwrap();
        if recipe.tool.is_some() || recipe.needs_picture() {
            continue;
        }
        for setting in [&alone, &judged, &verified] {
            let said = recipe.words(setting.judge.is_some());
            let most = |role| said.iter().find(|(known, _)| *known == role).map_or(0, |one| one.1);
            for course in Trial::of_first(FEW, &recipe, setting).0 {
                let texts = u32::try_from(course.made.len()).unwrap();
                let written = course.calls - course.judged;
                assert!(written <= most(Role::Writer), "{name}: {written} calls of the writer");
                let judged = course.judged;
                assert!(judged <= most(Role::Judge), "{name}: {judged} calls of the judge");
                assert!(texts <= recipe.budget().images, "{name}: {texts} texts");
            }
        }
    }
}

//! What stands at a name tells of whoever bears it, so that people of one family are kept apart.

use super::Story;
use crate::facts::gazetteer::Gender;
use crate::facts::gazetteer::titles::{Count, Form, Head, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::mention::Mention;

/// What is known of one who is named: by a given name, by titles right before the name, by a verb.
#[derive(Clone, Debug, Default)]
pub struct Bearer {
    gender: Gender,
    /// The heads of titles right before the name, in the singular.
    heads: Vec<&'static str>,
    /// Whether the name is introduced as somebody's kin: «ابنته \[إيفانكا ترامب\]».
    kin: bool,
}

impl Bearer {
    /// What `mention` tells, which has so many `words`.
    pub fn new(story: &Story<'_>, mention: &Mention, words: usize) -> Self {
        let first = &story.analyses[mention.tokens.start];
        let title = story.titles.get(&mention.tokens.start).map(|title| title.head);
        let head = title.filter(|head| head.count == Count::One && head.class != TitleClass::Peer);
        let kin = head.is_some_and(|head| head.class == TitleClass::Kin && head.form == Form::Possessive);
        // «زوجة الرئيس [ترامب]» is nobody's wife.
        let own = head.filter(|head| head.class != TitleClass::Kin);
        let told = || own.map_or_else(|| spoken(story, mention), of_head);
        let listed = if words > 1 { first.evidence.gender } else { Gender::Unknown };
        Self {
            gender: if listed == Gender::Unknown { told() } else { listed },
            heads: own.map(|head| head.singular).into_iter().collect(),
            kin,
        }
    }

    /// Takes what another mention of the same tells.
    pub fn learn(&mut self, other: &Self) {
        if self.gender == Gender::Unknown {
            self.gender = other.gender;
        }
        self.kin |= other.kin;
        self.heads.extend(&other.heads);
    }

    /// Whether a family name alone, of which `short` is told, is another's: its own title is of the other gender, or this one is only
    /// somebody's kin. «الرئيس الأمريكي \[ترامب\]» is not «إيفانكا ترامب», «الرئيس \[ترامب\]» is «دونالد ترامب».
    pub fn is_other(&self, short: &Self) -> bool {
        !short.heads.is_empty() && (self.kin && self.heads.is_empty() || self.is_contradicted(short))
    }

    fn is_contradicted(&self, other: &Self) -> bool {
        self.gender != Gender::Unknown && other.gender != Gender::Unknown && self.gender != other.gender
    }

    /// How well `short` agrees: in gender, then in office.
    pub fn agreement(&self, short: &Self) -> (i8, bool) {
        let gender = match (self.is_contradicted(short), self.gender == short.gender) {
            (true, _) => -1,
            (false, same) => i8::from(same && self.gender != Gender::Unknown),
        };
        (gender, short.heads.iter().any(|head| self.heads.contains(head)))
    }
}

fn of_head(head: &Head) -> Gender {
    if head.is_feminine { Gender::Woman } else { Gender::Man }
}

/// Whose the verb of saying right before the name is: «قالت \[ميركل\]».
fn spoken(story: &Story<'_>, mention: &Mention) -> Gender {
    let verb = mention.tokens.start.checked_sub(1).map(|at| &story.analyses[at]);
    match verb.filter(|verb| verb.class == Class::Saying && !verb.stem.starts_with(['ت', 'ي'])) {
        Some(verb) if verb.stem.ends_with('ت') => Gender::Woman,
        Some(_) => Gender::Man,
        None => Gender::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Story;
    use super::super::people::names_together;
    use crate::facts::gazetteer::{Gender, gazetteer};
    use crate::text::Document;

    fn together(text: &str) -> Vec<String> {
        let document = Document::new("", text);
        names_together(&Story::new(&document))
    }

    #[test]
    fn a_given_name_tells_a_woman_from_a_man() {
        for (name, gender) in [
            ("احمد", Gender::Man),
            ("دونالد", Gender::Man),
            ("ليلي", Gender::Woman),
            ("ماريا", Gender::Woman),
            ("ايفانكا", Gender::Woman),
        ] {
            assert_eq!(gazetteer().evidence(name).gender, gender, "{name}");
        }
    }

    #[test]
    fn a_title_of_the_other_gender_keeps_relatives_apart() {
        let apart =
            "زارت ماريا هاربر المدرسة. وقال الرئيس الأمريكي هاربر إن الزيارة مهمة. وأضاف هاربر أنه سيعود.";
        assert_eq!(together(apart), ["ماريا هاربر", "هاربر هاربر"]);
        let one =
            "زار دونالد هاربر المدرسة. وقال الرئيس الأمريكي هاربر إن الزيارة مهمة. وأضاف هاربر أنه سيعود.";
        assert_eq!(together(one), ["دونالد هاربر هاربر هاربر"]);
    }

    #[test]
    fn a_verb_of_saying_chooses_among_relatives() {
        let text = "وصل دونالد هاربر إلى المدرسة، ومعه زوجته ماريا هاربر. وقال هاربر إن الزيارة مهمة.";
        assert_eq!(together(text), ["دونالد هاربر هاربر", "ماريا هاربر"]);
    }

    #[test]
    fn the_son_is_not_the_father() {
        let text =
            "قال دونالد هاربر إن الشركة باقية. ورد دونالد هاربر الابن بأنه سيديرها. وأضاف هاربر أنها كبيرة.";
        assert_eq!(together(text), ["دونالد هاربر هاربر", "دونالد هاربر الابن"]);
    }

    #[test]
    fn a_nickname_in_brackets_is_the_same_person() {
        let text = "قال محمد حمدان السالم (حمودة) إن الهدنة باقية. وقال حمودة أيضا إن القوات انسحبت.";
        let found = together(text);
        assert_eq!(found.iter().filter(|names| names.contains("حمودة")).count(), 1, "{found:?}");
        assert!(found[0].starts_with("محمد حمدان السالم") && found[0].ends_with("حمودة"), "{found:?}");
    }
}

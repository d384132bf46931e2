//! Prepositions inside a title: which go on with it, and which lead to something else.

use crate::facts::morphology::TokenAnalysis;
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;

/// Whether the preposition at `link` goes on with the title whose head stands at `at`: «المبعوث إلى», «المشرف على», «النائب
/// عن», but not «مدرب الفريق عن \[تفاؤله\]».
pub fn is_attached_to_title(analyses: &[TokenAnalysis<'_>], at: usize, link: usize) -> bool {
    let stem_before = link.checked_sub(1).map_or("", |i| &*analyses[i].stem);
    let before = stem_before.strip_prefix("ال").unwrap_or(stem_before);
    let next = analyses.get(link + 1);
    let part = next.is_some_and(|n| WordClass::PlayedPart.has_start_of(&n.stem));
    let own = part
        || next.is_some_and(|n| {
            n.is_word()
                && !n.is_definite()
                && n.stem.chars().count() > 4
                && ["ها", "هم"].iter().any(|e| n.stem.ends_with(e))
        });
    let head = analyses[at].head.map_or_else(String::new, |h| fold(h.singular.trim_end_matches('ة')));
    let one_of = |class: WordClass, word: &str| class.contains(word.trim_end_matches('ه'));
    match analyses[link].key {
        "في" => !own && !next.is_some_and(|n| WordClass::Speech.contains(&n.stem)),
        "من" => (link.saturating_sub(2)..link).any(|i| {
            let word = analyses[i].stem.strip_prefix("ال").unwrap_or(&analyses[i].stem);
            one_of(WordClass::GovernsFrom, word)
        }),
        "علي" => !own && one_of(WordClass::GovernsOn, before),
        "عن" => {
            // «النائب في مجلس النواب [عن] الحزب», but not «كشف نائب رئيس الوزراء [عن] الخطة».
            let house = |i: usize| WordClass::Parliament.contains(&analyses[i].stem);
            let deputy = link == at + 1 || (at + 1..link).any(house);
            !own && (one_of(WordClass::GovernsAbout, &head) || WordClass::Deputy.contains(&head) && deputy)
                || one_of(WordClass::GovernsAboutAnywhere, before)
        }
        "الي" => one_of(WordClass::GovernsTo, &head),
        _ => true,
    }
}

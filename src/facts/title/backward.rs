//! Which words belong to a title to the left of a name, up to its head.

use super::bounds::{is_coordinated, is_in_listed_name, is_opening_quote, is_present_tense};
use super::forward::is_general;
use super::preposition::is_attached_to_title;
use super::{LONGEST, is_title_preposition};
use crate::facts::gazetteer::Sense;
use crate::facts::gazetteer::titles::{Count, Head, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::morphology::{Nameness, TokenAnalysis};
use crate::text::lexicon::WordClass;

/// Walks left from `end` to the head of the title that ends there.
pub fn find_head(
    analyses: &[TokenAnalysis<'_>],
    end: usize,
    sentence: usize,
) -> Option<(usize, &'static Head)> {
    let mut found = None;
    let mut quotes = 0;
    // «انتقد النواب حكومة [تيريزا ماي]»: the head of a body, and of no title.
    let led = end.checked_sub(1).map(|i| &analyses[i]).filter(|noun| noun.sentence == sentence);
    if led.is_some_and(|noun| WordClass::Possessed.contains(&noun.stem)) {
        return None;
    }
    // «فتاة اسمها "[نور]"»: the name stands in marks of its own.
    let beside = is_opening_quote(analyses, end);
    for at in (end.saturating_sub(LONGEST)..end).rev() {
        let word = &analyses[at];
        if word.sentence != sentence {
            break;
        }
        if word.is_quote() {
            quotes += usize::from(!(beside && at + 1 == end));
            continue;
        }
        if !word.is_word() {
            // «زعيم #كوريا_الشمالية».
            if quotes % 2 == 1 || ['-', '#', '_'].iter().any(|&mark| word.is_mark(mark)) {
                continue;
            }
            break;
        }
        if WordClass::Called.contains(word.key)
            || (WordClass::Circumstance.contains(word.key) && word.head.is_none())
        {
            break;
        }
        // «عادل الرقم القياسي للأسترالي رود ليفر».
        if at + 1 == end && word.is_nationality() && word.preposition == Some('ل') {
            break;
        }
        if let Some(head) = head_at(analyses, at, end) {
            // «ممثلة عن دورها في فيلم "جسد [غريب]"»: not over a quotation mark that is open.
            if quotes % 2 == 1 {
                break;
            }
            found = Some((at, head));
            if !is_extended(analyses, at, end) {
                break;
            }
            continue;
        }
        // «النائبة [السابقة] لمستشار».
        let led = found.is_some_and(|(head, _)| head == at + 1 && analyses[head].preposition == Some('ل'));
        if led && word.is_definite() && word.is_bare() {
            continue;
        }
        if found.is_some() && !WordClass::BetweenHeads.contains(&word.stem) && !is_title_preposition(word) {
            break;
        }
        // «أمين [عام] الجامعة».
        if is_general(analyses, at) {
            continue;
        }
        let acting = WordClass::Acting.contains(word.key);
        if acting || (is_title_preposition(word) && at + 1 < end) {
            continue;
        }
        let blocked = word.class != Class::Open
            || (word.has_conjunction && !is_coordinated(analyses, at))
            || word.preposition.is_some_and(|p| p != 'ل')
            || (word.nameness == Nameness::Strong
                && word.evidence.given >= 8
                && found.is_none()
                && word.is_bare())
            || (is_present_tense(word) && !is_in_listed_name(analyses, at));
        if blocked {
            break;
        }
    }
    // What is left of the head must lead to it: «قال …», «نائب …».
    found.filter(|&(at, head)| {
        // «شابة كردية خاضت غمار تجربة [فريدة]»: an occupation stands near.
        let near = head.class != TitleClass::Work || end - at <= WORK;
        near && !is_already_named(analyses, at, end)
            && (at + 1..end)
                .all(|i| !is_title_preposition(&analyses[i]) || is_attached_to_title(analyses, at, i))
    })
}

/// Whether a name stands behind the head at `at`, inside what would be its title: «الفنانة \[فيروز\] في مرتبة فريدة» is her own.
fn is_already_named(analyses: &[TokenAnalysis<'_>], at: usize, end: usize) -> bool {
    let [head, name] = [&analyses[at], &analyses[at + 1]];
    let one =
        head.head.is_some_and(|h| h.is_definite() && h.count == Count::One && h.class == TitleClass::Work);
    one && at + 1 < end
        && name.is_word()
        && name.is_bare()
        && !name.is_definite()
        && name.nameness == Nameness::Strong
        && name.sense == Sense::default()
}

/// Most tokens of an occupation with what it governs.
const WORK: usize = 6;

/// The head at `at` of a title that ends at `end`. «المستشار الإعلامي» has one head, and so has «منظمة أطباء بلا حدود».
fn head_at(analyses: &[TokenAnalysis<'_>], at: usize, end: usize) -> Option<&'static Head> {
    let word = &analyses[at];
    // «الحكم العماني أحمد الكاف».
    let adjacent =
        at + 1 == end || (at + 2 == end && word.is_definite() && analyses[at + 1].is_nationality());
    let head = word.head.filter(|h| h.class != TitleClass::Honour && (!h.is_everyday || adjacent))?;
    // «الشاعر المغربي [الكبير] محمد بنيس»: great, and not the head of anything.
    if WordClass::GreatEpithet.contains(&word.stem) {
        return None;
    }
    // «هجمة [منسقة] قادها توما ليمار».
    let led = at + 2 == end && analyses[at + 1].stem.ends_with("ها") && analyses[at + 1].is_bare();
    if led && is_describing_thing(analyses, at) {
        return None;
    }
    // «مشرف قطاع الفريق الأول»: a rank stands with the name. Closed class: ordinals.
    if head.class == TitleClass::Rank && (at + 2 < end || analyses[at + 1].stem == "الاول") {
        return None;
    }
    let before =
        at.checked_sub(1).map(|i| &analyses[i]).filter(|b| b.sentence == word.sentence && b.is_word());
    let Some(before) = before else { return Some(head) };
    // «كأس [العالم]», «أكبر شركة في [العالم]»: the world, and no scientist.
    if WordClass::AlsoWorld.contains(&word.stem)
        && (before.class == Class::Particle || WordClass::BeforeTheWorld.contains(&before.stem))
    {
        return None;
    }
    // «دوري [أبطال] أوروبا», «كأس [أبطال] آسيا»: a competition, not its holders.
    if head.count == Count::Many && WordClass::Competition.contains(&before.stem) {
        return None;
    }
    // «رئيس النقابة الوطنية [للصحفيين] التونسيين»: whose body it is.
    let begins_body = |i: usize| {
        let noun = analyses.get(i).filter(|noun| noun.sentence == word.sentence);
        noun.is_some_and(|noun| noun.is_definite() && noun.organization.is_some())
    };
    if head.count != Count::One
        && word.preposition == Some('ل')
        && before.is_definite()
        && (at.saturating_sub(3)..at).any(begins_body)
    {
        return None;
    }
    // «رئيس الوزراء الدنماركي [المحافظ] لارس راسموسن», «النائب [المحافظ]», who govern no province.
    let led =
        before.is_nationality() || before.head.is_some_and(|h| h.is_definite() && h.count == Count::One);
    let conservative = led && WordClass::AlsoConservative.contains(&word.stem);
    // «المستشار الإعلامي», «عضو المجلس المعارض», «رئيس الحكومة المكلف».
    let describes = head.is_definite()
        && word.is_bare()
        && (word.stem.ends_with('ي')
            || word.stem.ends_with("يه")
            || conservative
            || WordClass::DescribingTitle.contains(&word.stem))
        && (before.is_definite() || before.nameness >= Nameness::Maybe || before.sense.country != 0)
        && before.class == Class::Open;
    let governed = before.organization.is_some()
        && !before.is_definite()
        && word.is_bare()
        // «إدارة الرئيس الأمريكي دونالد ترامب».
        && !(head.is_definite() && head.count == Count::One)
        && !WordClass::BetweenHeads.contains(&before.stem);
    (!describes && !governed).then_some(head)
}

/// Whether the title goes on to the left of the head at `at`: «نائب رئيس», «المتحدث باسم وزير», «مدير مكتب رئيس».
fn is_extended(analyses: &[TokenAnalysis<'_>], at: usize, end: usize) -> bool {
    let head = &analyses[at];
    let Some(before) = at.checked_sub(1).map(|i| &analyses[i]) else { return false };
    if head.has_conjunction || before.sentence != head.sentence || !before.is_word() {
        return false;
    }
    if head.preposition == Some('ل') {
        // «المعارضين للرئيس السوري بشار الأسد», «مقطوعة موسيقية للمؤلف الألماني، ريتشارد فاجنر»: theirs is another title.
        // «الصحفي المناهض للرئيس [فلاديمير بوتين]».
        if before.head.is_some_and(|h| h.count != Count::One)
            || is_describing_thing(analyses, at - 1)
            || WordClass::Opposing.contains(&before.stem)
        {
            return false;
        }
        // «النائبة [السابقة] لمستشار الأمن القومي».
        let described = before.is_definite()
            && before.class == Class::Open
            && at.checked_sub(2).is_some_and(|i| {
                analyses[i].sentence == head.sentence
                    && analyses[i].head.is_some_and(|h| h.is_definite() && h.count == Count::One)
            });
        return before.head.is_some() || described;
    }
    if !head.is_bare() {
        return false;
    }
    // «زوج الأميرة كريستينا», «شقيقة زعيم كوريا الشمالية كيم جونغ أون»: the name is the relative's, but for a comma before it.
    let apart = analyses.get(end).is_some_and(|l| l.is_mark('،'));
    let kin = |word: &TokenAnalysis<'_>| word.head.is_some_and(|h| h.class == TitleClass::Kin);
    if kin(before) && !kin(head) && !apart {
        return false;
    }
    // «مايك بنس، نائب الرئيس الأمريكي [دونالد ترامب]»: the vice president is named already.
    if head.head.is_some_and(|h| h.is_definite() && h.class == TitleClass::State)
        && is_said_of_another(analyses, at - 1)
    {
        return false;
    }
    // «طالب رئيس الحكومة» demands; he is no student.
    // «دافع لاعبو [المدرب] أوسكار تباريز»: whose players they are.
    let one = head.head.is_some_and(|h| h.is_definite() && h.count == Count::One);
    let governs = |h: &Head| !(h.is_definite() || h.is_possessive() || one && h.count == Count::Many);
    let construct = before.class == Class::Open
        && before.head.is_some_and(|h| governs(h) && h.class != TitleClass::Honour);
    // «ولي العهد نائب رئيس مجلس الوزراء»: two definite titles side by side stay two.
    construct
        || before.key == "باسم"
        || (WordClass::BetweenHeads.contains(&before.stem) && !before.is_definite())
}

/// Whether the title that begins at `at` stands in apposition to a name before it: «مايك بنس، \[نائب\] …».
fn is_said_of_another(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let Some(name) = at.checked_sub(2).map(|i| &analyses[i]) else { return false };
    analyses[at - 1].is_mark('،')
        && name.sentence == analyses[at].sentence
        && name.is_word()
        && name.nameness >= Nameness::Unknown
        && name.head.is_none()
        && !name.is_nationality()
        && name.class == Class::Open
}

/// Whether the word at `at` could be a title and describes the noun before it: «مقطوعة \[موسيقية\]», «وكالة \[صحفية\]», «هجمة \[منسقة\]».
fn is_describing_thing(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let word = &analyses[at];
    let Some(noun) = at.checked_sub(1).map(|i| &analyses[i]).filter(|noun| noun.sentence == word.sentence)
    else {
        return false;
    };
    let feminine = |word: &TokenAnalysis<'_>| !word.is_definite() && word.stem.ends_with('ه');
    // «معزوفات موسيقية».
    let things = !noun.is_definite() && (noun.stem.ends_with('ه') || noun.stem.ends_with("ات"));
    // «فتاة ممثلة», «سيدة مصورة».
    let woman = WordClass::Woman.contains(&noun.stem);
    let described = word.stem.ends_with("يه") || (word.stem.starts_with('م') && !woman);
    described && feminine(word) && things && noun.head.is_none()
}

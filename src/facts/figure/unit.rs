//! What a numeral counts: the unit after it, or the noun before it.

use super::agreement::{can_be_noun, can_follow, is_agreeing, is_coordinated};
use crate::facts::grammar::{LINKS, without_conjunction};
use crate::facts::nouns::{self, Class, Number};
use crate::facts::number::{Form, Kind, Numeral, is_minus, is_plural, short_million};
use crate::text::fold::fold;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;
use crate::text::{Token, TokenKind};

/// The unit of a numeral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// «دولار», "%", or the counted noun as written.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// The figure's tokens with the unit: first, and one past the last.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

/// Finds the unit of `numeral` among `tokens`; `None` where the article names none.
#[must_use]
pub fn read(source: &str, tokens: &[Token], numeral: &Numeral) -> Option<Unit> {
    let words = Words { source, tokens };
    let (first, end) = (numeral.tokens.start, numeral.tokens.end);
    if numeral.kind == Kind::Score {
        return None;
    }
    if numeral.form == Form::One {
        return words.percent(end).or_else(|| words.noun_before(numeral)).map(|unit| unit.since(first));
    }
    // Closed class: numerals.
    let two = tokens[first..end]
        .iter()
        .any(|t| t.key.contains("اثنين") || t.key.contains("اثنان") || t.key.contains("اثنتين"));
    if two && end == first + 1 {
        return words
            .dual_before(first, end)
            .or_else(|| words.after_two(end, numeral))
            .map(|unit| unit.since(first));
    }
    if numeral.kind == Kind::Definite {
        // «الدول الثلاث»; «الـ20 دولة», but not «سن الأربعين من الدخول».
        let after = || words.noun(end, numeral).filter(|_| words.key(end) != "من");
        let before = || words.noun_before(numeral);
        let unit =
            if nouns::is_counted(words.key(end)) { after().or_else(before) } else { before().or_else(after) };
        return unit.map(|unit| unit.since(first));
    }
    words
        .percent(end)
        .or_else(|| words.percent_behind_bracket(first, end))
        .or_else(|| words.symbol(first, end))
        .or_else(|| words.listed(end, Class::Currency))
        .or_else(|| words.listed(end, Class::Measure))
        .or_else(|| words.noun(end, numeral))
        .map(|unit| unit.since(first))
}

impl Unit {
    fn since(mut self, first: usize) -> Self {
        self.first = self.first.min(first);
        self
    }
}

const fn unit(name: String, class: Class, first: usize, end: usize) -> Unit {
    Unit { name, class, first, end }
}

struct Words<'a> {
    source: &'a str,
    tokens: &'a [Token],
}

impl Words<'_> {
    fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &t.key)
    }

    fn written(&self, first: usize, end: usize) -> String {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(from), Some(to)) => from.span.cover(to.span).of(self.source).to_owned(),
            _ => String::new(),
        }
    }

    /// The noun at `at` in the singular if it is listed, as written otherwise, without the accusative's ending.
    fn name(&self, at: usize) -> String {
        let key = self.key(at);
        // «والدول الخمس»
        let key = without_conjunction(key);
        let listed = nouns::look_up(key).or_else(|| key.strip_prefix("ال").and_then(nouns::look_up));
        // «مقاتلي التنظيم», «دبلوماسييها»: a plural that lost its nun before what it belongs to.
        let owned = || {
            let stem =
                ["ها", "هم", "نا", "ه"].iter().find_map(|owner| key.strip_suffix(owner)).unwrap_or(key);
            nouns::look_up(stem).or_else(|| nouns::look_up(&format!("{stem}ن")))
        };
        if let Some(entry) = listed.or_else(owned) {
            return entry.singular.to_owned();
        }
        // «ثلاثة آخرون»: others of what was named before.
        if key.starts_with("اخر") {
            return String::new();
        }
        let written = self.written(at, at + 1);
        let bare = written.strip_suffix("ًا").or_else(|| written.strip_suffix("اً"));
        bare.or_else(|| singular(&written)).map_or_else(|| written.clone(), str::to_owned)
    }

    /// «%», «في المئة», «بالمائة», «نقطة مئوية», «نقطة أساس»; the sign may stand before («%10»).
    fn percent(&self, at: usize) -> Option<Unit> {
        let percent = |end| Some(unit("%".to_owned(), Class::Percent, at, end));
        // Closed class: ways to write percent.
        match (self.key(at), self.key(at + 1)) {
            ("%" | "٪" | "بالميه" | "بالمايه" | "بالماءه", _) => percent(at + 1),
            ("في", "الميه" | "المايه" | "الماءه") => percent(at + 2),
            ("نقطه" | "نقاط" | "نقط", "ميويه" | "اساس" | "اساسيه") => {
                Some(unit(self.written(at, at + 2), Class::Percent, at, at + 2))
            }
            _ => None,
        }
    }

    /// «(2.5-) في المئة», «(-2.5) في المئة»
    fn percent_behind_bracket(&self, first: usize, end: usize) -> Option<Unit> {
        let before = first.checked_sub(1)?;
        let open = if is_minus(&self.tokens[before]) { before.checked_sub(1)? } else { before };
        let before = Some(open).filter(|&at| self.key(at) == "(" && self.key(end) == ")")?;
        self.percent(end + 1).map(|percent| percent.since(before))
    }

    /// «$5», «5€», «% 10».
    fn symbol(&self, first: usize, end: usize) -> Option<Unit> {
        let before = first.checked_sub(1).filter(|&at| symbol_unit(self.key(at)).is_some());
        if let Some(at) = before
            && self.tokens[at].span.end == self.tokens[first].span.start
        {
            let (name, class) = symbol_unit(self.key(at))?;
            return Some(unit(name.to_owned(), class, at, end));
        }
        let (name, class) = symbol_unit(self.key(end))?;
        Some(unit(name.to_owned(), class, end, end + 1))
    }

    /// A currency or measure at `at`: «دولار أميركي», «من الدولارات», «كيلومتر مربع», «كيلو متر».
    fn listed(&self, at: usize, class: Class) -> Option<Unit> {
        let mut first = at;
        if self.key(first) == "من" {
            first += 1;
        }
        let key = self.key(first);
        // «130 م [د]»
        let short = at.checked_sub(1).and_then(|scale| short_million(self.tokens, scale));
        if let Some((end, currency)) = short.filter(|_| class == Class::Currency) {
            return Some(unit(currency.to_owned(), class, at, end));
        }
        let bare = key.strip_prefix("ال").filter(|_| nouns::look_up(key).is_none());
        let two = format!("{} {}", bare.unwrap_or(key), self.key(first + 1));
        let (entry, mut end) = match nouns::look_up(&two).filter(|e| e.class == class) {
            Some(entry) => (entry, first + 2),
            None => (nouns::look_up(bare.unwrap_or(key)).filter(|e| e.class == class)?, first + 1),
        };
        if first > at && bare.is_none() {
            return None;
        }
        let noun_end = end;
        end += nouns::qualified(entry.singular, self.key(end), self.key(end + 1));
        // «100 ميل في الساعة», «طن متري»
        if class == Class::Measure && self.key(end) == "في" && WordClass::PerTime.contains(self.key(end + 1))
        {
            end += 2;
        }
        let name = if class == Class::Currency && end > noun_end {
            format!("{} {}", entry.singular, self.written(noun_end, end))
        } else if class == Class::Currency {
            entry.singular.to_owned()
        } else {
            self.written(first, end)
        };
        Some(unit(name, class, at, end))
    }

    /// The counted noun at `at` with its adjectives.
    fn noun(&self, at: usize, numeral: &Numeral) -> Option<Unit> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word {
            return None;
        }
        let partitive = &*token.key == "من";
        let first = if partitive { at + 1 } else { at };
        let key = self.key(first);
        let loose = numeral.form == Form::Vague || numeral.form == Form::Fraction;
        if partitive {
            // «مئات من المتظاهرين» is one phrase; «10 آلاف من مقاتلي التنظيم» leaves its complement to the phrase.
            if !self.tokens.get(first).is_some_and(Token::is_word)
                || WordClass::NeverCounted.contains(key)
                || key.starts_with("هذ")
                || WordClass::PartOf.contains(key)
                || (numeral.form == Form::Fraction && key.starts_with('ي'))
            {
                return None;
            }
            if WordClass::Choicest.contains(key) && self.tokens.get(first + 1).is_some_and(Token::is_word) {
                let noun = self.key(first + 1);
                let listed = nouns::look_up(noun.strip_prefix("ال").unwrap_or(noun));
                let class = listed.map_or(Class::Thing, |noun| noun.class);
                return Some(unit(self.name(first + 1), class, first, at));
            }
            let bare = key.strip_prefix("ال").unwrap_or(key);
            // «نزح الآلاف من البلدة»: one town is not what there are thousands of.
            if bare != key && nouns::look_up(bare).is_some_and(|e| e.number == Number::Singular) {
                return None;
            }
            let class = nouns::look_up(bare).map_or(Class::Thing, |e| e.class);
            let end = if key.starts_with("ال") { self.definite_adjectives(first + 1, first) } else { at };
            return Some(unit(self.name(first), class, first, end));
        }
        let bare = key.strip_prefix("ال").filter(|_| nouns::look_up(key).is_none());
        if bare.is_some() && !loose || WordClass::Weekday.contains(key) || WordClass::NeverUnit.contains(key)
        {
            return None;
        }
        let entry = nouns::look_up(bare.unwrap_or(key));
        let unlisted = bare.is_none() && !can_be_noun(key, numeral);
        if entry.is_none() && (unlisted || WordClass::NeverCounted.contains(key)) {
            return None;
        }
        if bare.is_none() && entry.is_some_and(|e| e.number == Number::Dual) {
            return None;
        }
        // «11 قطريا», «4 مغربيين»: people by where they are from.
        let people =
            key.ends_with("يين") || key.ends_with("يون") || key.ends_with("يا") && key.chars().count() > 3;
        let unlisted = if people { Class::Person } else { Class::Thing };
        let class = entry.map_or(unlisted, |e| e.class);
        let end = if bare.is_some() {
            self.definite_adjectives(first + 1, first)
        } else {
            self.adjectives(first + 1, first)
        };
        Some(unit(self.name(first), class, first, end))
    }

    /// «سعوديين اثنين»: the noun before, which is a dual and looks like a plural.
    fn dual_before(&self, first: usize, end: usize) -> Option<Unit> {
        let at = first.checked_sub(1)?;
        let key = self.key(at);
        let key = without_conjunction(key);
        let stem = key.strip_suffix("ين").or_else(|| key.strip_suffix("ان"))?;
        if stem.chars().count() < 3 || key.contains("ال") || WordClass::NeverCounted.contains(key) {
            return None;
        }
        let listed = nouns::look_up(key).or_else(|| nouns::look_up(stem));
        let name = listed.map_or_else(|| stem.to_owned(), |e| e.singular.to_owned());
        Some(unit(name, listed.map_or(Class::Person, |e| e.class), at, end))
    }

    /// «اثنين من رجال الشرطة», «اثنين آخرين»: «اثنين» takes no noun of its own.
    fn after_two(&self, end: usize, numeral: &Numeral) -> Option<Unit> {
        (self.key(end) == "من" || self.key(end).starts_with("اخر")).then(|| self.noun(end, numeral)).flatten()
    }

    /// The noun before «الثلاث» or «واحدة»: «الدول الثلاث», «حافلة واحدة».
    fn noun_before(&self, numeral: &Numeral) -> Option<Unit> {
        let mut at = numeral.tokens.start.checked_sub(1)?;
        if matches!(self.key(at), "ال" | "لل" | "بال") {
            at = at.checked_sub(1)?;
        }
        let token = self.tokens.get(at).filter(|t| t.is_word())?;
        let key: &str = &token.key;
        let forms = [
            key,
            key.strip_prefix('و').unwrap_or(key),
            key.strip_prefix('ب').unwrap_or(key),
            key.strip_prefix('ل').unwrap_or(key),
        ];
        let entry = forms.iter().find_map(|form| {
            nouns::look_up(form).or_else(|| form.strip_prefix("ال").and_then(nouns::look_up))
        });
        if numeral.form == Form::One {
            // «شكل إلغاء المباراة واحدة من العقبات»: one of others; and «بين» is no sum of yen.
            let of_others = key.starts_with("ال") && !self.key(numeral.tokens.start).contains("ال");
            // «الساعة الواحدة» is a time of day.
            let entry =
                entry.filter(|e| e.number == Number::Singular && !WordClass::ClockHour.has_end_of(key))?;
            // «لمرة واحدة» tells how, not how many.
            if of_others || LINKS.contains(key) || entry.class == Class::Occasion {
                return None;
            }
            let end = numeral.tokens.end;
            return Some(unit(entry.singular.to_owned(), entry.class, at, end));
        }
        let plural =
            entry.is_some_and(|e| e.number == Number::Plural) || forms.iter().any(|form| is_plural(form));
        if !plural || !forms.iter().any(|form| form.starts_with("ال")) {
            // «المستعمرات الأمريكية الـ13»: the noun stands before its adjective.
            let noun = at.checked_sub(1).filter(|&at| key.ends_with("يه") && is_plural(self.key(at)))?;
            return Some(unit(self.name(noun), Class::Thing, noun, numeral.tokens.end));
        }
        let class = entry.map_or(Class::Thing, |e| e.class);
        Some(unit(self.name(at), class, at, numeral.tokens.end))
    }

    /// «المتظاهرين الغاضبين», «الضربات الجوية»
    fn definite_adjectives(&self, at: usize, noun: usize) -> usize {
        let masculine = self.key(noun).ends_with("ين") || self.key(noun).ends_with("ون");
        let key = self.key(at);
        let is_agreeing = key.starts_with("ال")
            && !WordClass::Weekday.contains(key)
            // «منح مئات الأشخاص [الجنسية] اللبنانية».
            && !WordClass::Origin.contains(key)
            && if masculine { key.ends_with("ين") || key.ends_with("ون") } else { key.ends_with("يه") };
        if is_agreeing { at + 1 } else { at }
    }

    /// Index after the adjectives of the noun at `noun`, which begin at `at`: «منتجا صينيا», «ضربة جوية».
    fn adjectives(&self, at: usize, noun: usize) -> usize {
        let mut end = at;
        let head = self.key(noun);
        if WordClass::WantsGenitive.contains(head)
            && self.tokens.get(end).is_some_and(Token::is_word)
            && can_follow(self.key(end))
        {
            end += 1;
            if WordClass::SecondGenitive.contains(self.key(end)) {
                end += 1;
            }
        }
        if end == at
            && WordClass::Service.contains(self.key(end))
            && WordClass::Servant.keys().iter().any(|servant| head.starts_with(&**servant))
        {
            end += 1;
        }
        while end < at + 4 && self.tokens.get(end).is_some_and(Token::is_word) {
            let key = self.key(end);
            let joined = key.strip_prefix('و').filter(|_| end > at);
            if is_agreeing(head, key) || joined.is_some_and(|rest| is_agreeing(head, rest)) {
                end += 1;
            } else if end == at && is_coordinated(head, key) {
                end += 1;
                while end < at + 4 && is_coordinated(head, self.key(end)) {
                    end += 1;
                }
                break;
            } else {
                break;
            }
        }
        end
    }
}

/// The singular of an unlisted noun as it is written after a number, where the news knows it with the article: «نقشا», «برلمانيين».
fn singular(written: &str) -> Option<&str> {
    let words = DocumentFrequencies::words();
    let known = |bare: &&str| bare.chars().count() > 1 && words.count_definite(&fold(bare)) >= 1.0;
    // «بيانات» is told by its plural, «علما» by more than its ending.
    let ending = ["ين", "ون", "ا"].into_iter().find_map(|ending| written.strip_suffix(ending));
    ending.filter(known)
}

fn symbol_unit(key: &str) -> Option<(&'static str, Class)> {
    Some(match key {
        "¥" => ("ين", Class::Currency),
        // Closed class: signs and codes of currencies.
        "$" | "usd" => ("دولار", Class::Currency),
        "€" | "eur" => ("يورو", Class::Currency),
        "£" | "gbp" => ("جنيه إسترليني", Class::Currency),
        "₪" => ("شيكل", Class::Currency),
        "₺" => ("ليرة", Class::Currency),
        "₽" => ("روبل", Class::Currency),
        "%" | "٪" => ("%", Class::Percent),
        _ => return None,
    })
}

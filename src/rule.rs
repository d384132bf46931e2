//! Rules, by name. Pure.
//!
//! Most decisions here are learnt. What stands in this list forbids or overrules one, since a reader would be misled where it is wrong once. Each
//! has a sentence where it holds and one like it where it does not, which the tests of its module run. `train evaluate --without NAME`
//! switches one off and says what it is worth for newsrooms that were not seen; `mujaz explain --facts` counts where they held.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// Declares the rules once: the enum, their names and what they do.
macro_rules! rules {
    ($($rule:ident $name:literal $does:literal $yes:literal $no:literal)*) => {
        /// A rule that forbids or overrules what is learnt.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $does] $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// Its name, which begins with what it is about.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)* }
            }

            /// What it does.
            #[must_use]
            pub const fn does(self) -> &'static str {
                match self { $(Self::$rule => $does,)* }
            }

            /// Where it holds, and where it does not; how it is written is for the tests of its module to say.
            #[cfg(test)]
            pub const fn examples(self) -> [&'static str; 2] {
                match self { $(Self::$rule => [$yes, $no],)* }
            }
        }
    };
}

// Before a line break stands the headline.
rules! {
    LineDenial "line-denial" "A line says what is denied of its number."
        "نفى الوزير أن يكون عدد القتلى 40 عاملا."
        "حضر 40 عاملا إلى المصنع."
    LineException "line-exception" "A line says what its number is an exception from."
        "نجا الجميع باستثناء 12 عاملا من القرية."
        "نجا 12 عاملا من القرية."
    LineCondition "line-condition" "A line says on what its number depends."
        "ستدفع الشركة 5 ملايين دولار إذا فاز الفريق."
        "دفعت الشركة 5 ملايين دولار للفريق."
    LinePossibility "line-possibility" "A line says that its number is only expected."
        "من المتوقع أن يصل 500 مراقب إلى المدينة."
        "وصل 500 مراقب إلى المدينة."
    LineRequest "line-request" "A line says that its number is only asked for."
        "طالب النادي بتعويض 5 ملايين دولار."
        "حصل النادي على تعويض 5 ملايين دولار."
    LineClaim "line-claim" "A line says that its number is claimed by somebody who may not be right."
        "يزعم العدو أنه أسقط 7 طائرات في المعركة."
        "أعلن الجيش أنه أسقط 7 طائرات في المعركة."
    LineComparison "line-comparison" "A line says with what its number is compared."
        "باع المصنع 60 سيارة مقابل 40 سيارة في العام الماضي."
        "باع المصنع 60 سيارة في العام الماضي."
    LinePart "line-part" "A line says of what its number is a part."
        "قتل 26 عاملا بينهم 11 امرأة في الحريق."
        "قتل 26 عاملا في الحريق."
    LineWhole "line-whole" "A line says the whole that its number is a part of."
        "تسلمت الشركة 9 طائرات من أصل 50 طائرة."
        "تسلمت الشركة 9 طائرات من المصنع."
    LineShare "line-share" "A line says what a share of those named is."
        "أصيب ألف شخص أكثر من 60% منهم أطفال."
        "أصيب ألف شخص في المدينة."
    LineRate "line-rate" "A line says the time that its number is told for."
        "تسير الشركة ثلاث رحلات أسبوعيا إلى المدينة."
        "تسير الشركة ثلاث رحلات إلى المدينة."
    LineDenialBehind "line-denial-behind" "A line says what is denied of its number behind it."
        "وقعت الاتفاق 12 دولة لم تصادق عليه."
        "وقعت الاتفاق 12 دولة في العاصمة."
    CutHalf "cut-half" "A quotation or a bracket is shown whole: «قال إن \"العمل بدأ|، وسينتهي قريبا\"»."
        "قال الوزير إن “العمل بدأ في الميناء، وسينتهي قبل نهاية العام” رغم التأخير."
        "قال الوزير إن العمل بدأ في الميناء، وسينتهي قبل نهاية العام."
    CutOpenEnd "cut-open-end" "Nothing ends with a word that asks for what follows: «وصل الوزير إلى| المدينة», «لم| يصل»."
        "قررت الحكومة أن بعد أسبوع تعود."
        "افتتح الوزير الميناء أمس."
    CutSource "cut-source" "Whose claim it is, is shown: «العمل بدأ|، بحسب الشركة», «العمل بدأ|، قالت الشركة»."
        "يبدأ العمل في الميناء الشهر المقبل، بحسب بيان للوزارة."
        "يبدأ العمل في الميناء الشهر المقبل، وينتهي بعد عام."
    CutException "cut-exception" "What does not hold for all is shown: «افتتحت المتاجر|، باستثناء الصيدليات», «لم يحضر|، بل اعتذر»."
        "أغلقت المتاجر كلها أبوابها في المدينة، باستثناء الصيدليات."
        "أغلقت المتاجر كلها أبوابها في المدينة، وعادت الحافلات."
    CutCondition "cut-condition" "On what it depends is shown: «يبدأ العمل|، شريطة موافقة المجلس», «إذا وافق المجلس|، يبدأ العمل»."
        "يبدأ العمل في الميناء الشهر المقبل، شريطة موافقة المجلس."
        "يبدأ العمل في الميناء الشهر المقبل، وينتهي بعد عام."
    CutDoubt "cut-doubt" "That it is not sure is shown: «يبدأ العمل غدا|، على الأرجح»."
        "يعود الوزير إلى العاصمة غدا، على الأرجح."
        "يعود الوزير إلى العاصمة غدا، ويلقي خطابا."
    CutNumber "cut-number" "No number is parted, nor from what it counts: «قتل 12| شخصا»."
        "صوت لصالح القرار 12 من أصل 15 عضوا في المجلس."
        "صوت لصالح القرار جميع الأعضاء في المجلس."
    CutReport "cut-report" "What is said is shown: «قال الوزير|، سامي الحداد، إن العمل بدأ»."
        "قال الوزير، في مؤتمر صحفي أمس، إن العمل بدأ في الميناء."
        "افتتح الوزير الميناء في مؤتمر صحفي أمس، وعاد إلى العاصمة."
    CutPredicate "cut-predicate" "What happens is shown: «الوزير|، الذي وصل أمس، افتتح الميناء», «في خطوة مفاجئة|، أعلن الوزير استقالته»."
        "الوزير سامي الحداد، الذي وصل أمس، افتتح الميناء."
        "افتتح الوزير سامي الحداد الميناء أمس، وعاد إلى العاصمة."
    CutPair "cut-pair" "The second of two is shown: «بين الحكومة|، والنقابات», «سواء في المدن| أو في القرى»."
        "اندلعت مواجهات بين أنصار الحكومة، وأنصار المعارضة في العاصمة."
        "اندلعت مواجهات في العاصمة، وتدخلت الشرطة."
    CutCorrection "cut-correction" "What a denied word is corrected to is shown: «لا يشمل القرار المدارس| فقط», «لم يكتف بالفوز|، بل …»."
        "لا تعترف الحكومة فقط بالحدود، لكنها تدافع عنها كل يوم."
        "تعترف الحكومة بالحدود، وتدافع عنها كل يوم."
    SentenceHeading "sentence-heading" "A heading, a list line, a row of a table and a caption are no sentences."
        "\nتفاصيل المشروع"
        "\nافتتح الوزير الميناء أمس."
    SentenceHeadline "sentence-headline" "A sentence that says what the headline says, and no more, is not shown under it."
        "افتتاح ميناء الصخرة الجديد\nافتتاح ميناء الصخرة الجديد."
        "افتتاح ميناء الصخرة الجديد\nوصل الوزير سامي الحداد إلى الساحل أمس."
    SentenceOtherStory "sentence-other-story" "What belongs to other news in the same text is not shown."
        "\nافتتح وزير النقل سامي الحداد ميناء الصخرة الجديد أمس.\nوفي خبر آخر، أعلن نادي الشمال تعاقده مع مهاجم جديد لثلاثة مواسم."
        "\nافتتح وزير النقل سامي الحداد ميناء الصخرة الجديد أمس.\nوقال الحداد إن الميناء يستقبل ثلاثين سفينة في اليوم."
    SentenceQuestion "sentence-question" "A question is not shown."
        "\nكم ستكون كلفة المشروع على سكان المدينة؟"
        "\nستكون كلفة المشروع على سكان المدينة كبيرة."
    SentenceForeign "sentence-foreign" "What is not in Arabic is not shown."
        "\nThe minister opened the new port today, thank you all."
        "\nأعلنت شركة Blue Harbour بدء العمل في الميناء."
    SentenceCredit "sentence-credit" "Who wrote, took or sent it is not shown."
        "\nتصوير: سالم نادر من وكالة الأنباء الوطنية في الميناء."
        "\nكتب الوزير على صفحته أن العمل بدأ قبل عام."
    LeanConnective "lean-connective" "A sentence that opens with a link comes with the one before: «لكن…», «كما أنه…»."
        "\nافتتح الوزير الميناء أمس.\nلكن العمل لم يبدأ بعد."
        "\nافتتح الوزير الميناء أمس.\nوبدأ العمل قبل عام."
    LeanContinuation "lean-continuation" "A speech that goes on comes with its beginning: «وأضاف أن…»."
        "\nافتتح الوزير الميناء أمس.\nوأضاف أن العمل بدأ قبل عام."
        "\nافتتح الوزير الميناء أمس.\nوبدأ العمل قبل عام."
    LeanSpeaker "lean-speaker" "A verb of saying without its subject comes with who says it: «وقال إن…»."
        "\nافتتح الوزير الميناء أمس.\nوقال إن العمل بدأ قبل عام."
        "\nافتتح الوزير الميناء أمس.\nوقال الحداد إن العمل بدأ قبل عام."
    LeanPronoun "lean-pronoun" "A sentence that opens with a pronoun comes with whom it means: «وهو…»."
        "\nافتتح الوزير الميناء أمس.\nوهو الأكبر في البلاد."
        "\nافتتح الوزير الميناء أمس.\nوبدأ العمل قبل عام."
    LeanDemonstrative "lean-demonstrative" "A sentence that opens on «هذا» comes with what it points at: «ويأتي هذا القرار…»."
        "\nافتتح الوزير الميناء أمس.\nويأتي هذا القرار بعد عام من العمل."
        "\nافتتح الوزير الميناء أمس.\nويأتي القرار بعد عام من العمل."
    LeanReference "lean-reference" "A speaker by a short definite word comes with who that is: «وقال المصدر إن…»."
        "\nافتتح الوزير الميناء أمس.\nوقال المصدر إن العمل بدأ قبل عام."
        "\nافتتح الوزير الميناء أمس.\nوقال سامي الحداد إن العمل بدأ قبل عام."
    NumberOrdinal "number-ordinal" "What goes on with an ordinal counts nothing: «الخامس عشر», «الذكرى الخمسين»."
        "احتفلت المدينة بالذكرى الخمسين لتأسيسها."
        "احتفلت المدينة مع خمسين ضيفا بتأسيسها."
    NumberReference "number-reference" "A number behind what is numbered counts nothing: «المادة 50», «رقم (10)»."
        "استند القاضي إلى المادة 50 من الدستور."
        "استند القاضي إلى 50 شاهدا من المدينة."
    NumberChained "number-chained" "What is joined to such a number is one too: «المادتان 50 و51»."
        "استند القاضي إلى المادتين 50 و51 من الدستور."
        "حضر الجلسة 50 شاهدا و51 محاميا."
    NumberLaw "number-law" "A number with its year behind a law counts nothing: «القانون 04.16»."
        "ناقش المجلس القانون التنظيمي 04.16 أمس."
        "ناقش المجلس ارتفاعا بنسبة 04.16 في المئة أمس."
    NumberInName "number-in-name" "A number in the middle of a name counts nothing: «حركة خمس نجوم»."
        "أعلنت حركة خمس نجوم فوزها في الانتخابات."
        "نزل الوفد في فندق من خمس نجوم في العاصمة."
    NumberProduct "number-product" "A number behind a product counts nothing: «فيتامين ب 12»."
        "يحتاج الجسم إلى فيتامين ب 12 يوميا."
        "يحتاج الجسم إلى 12 كوبا يوميا."
    NumberGroup "number-group" "A number in the name of a group counts nothing: «مجموعة العشرين», «5+1»."
        "اجتمعت مجموعة العشرين في العاصمة."
        "اجتمعت مجموعة من عشرين رجلا في العاصمة."
    NumberJoined "number-joined" "A number that a dash joins to a name counts nothing: «كوفيد-19»."
        "انطلقت بعثة أمل-7 أمس."
        "حلقت 35 طائرة فوق المدينة."
    NumberQuoted "number-quoted" "A number in a name in quotation marks counts nothing: «\"تبوك 4\"»."
        "اختتم تمرين \"تبوك 4\" أمس."
        "اختتم التمرين بعد 4 أيام أمس."
    NumberLatin "number-latin" "A number that Latin letters touch counts nothing: `F-35`, `G20`."
        "طار F35 فوق المدينة."
        "طارت 35 طائرة فوق المدينة."
    NumberListed "number-listed" "The number of a list, a footnote or a tag counts nothing: «1. …», «#4»."
        "1. افتتاح الميناء في المدينة."
        "افتتاح 3 موانئ في المدينة."
    NumberOrdinalDigits "number-ordinal-digits" "Digits with the article behind a singular noun tell which one: «القرن الـ19»."
        "بني المسجد في القرن الـ19 في المدينة."
        "اجتمعت الدول الـ19 في المدينة."
    NameAdjective "name-adjective" "A country's name behind an indefinite noun is an adjective: «دعم مالي»."
        "حصل المشروع على دعم مالي كبير."
        "أرسلت فرنسا قوات إلى مالي أمس."
    NameCup "name-cup" "Countries that are a cup's name are none: «كوبا أميركا»."
        "تأهل المنتخب إلى نهائي كوبا أميركا أمس."
        "زار الوزير كوبا أمس."
}

static OFF: OnceLock<Vec<Rule>> = OnceLock::new();

/// Switches `rules` off, once and before any is asked: only an evaluation does.
///
/// # Errors
/// Gives `rules` back where some were switched off before.
pub fn switch_off(rules: Vec<Rule>) -> Result<(), Vec<Rule>> {
    OFF.set(rules)
}

thread_local! {
    /// How often each rule held, while somebody counts.
    static HELD: RefCell<Option<BTreeMap<Rule, usize>>> = const { RefCell::new(None) };
}

/// What `work` gives, and how often each rule held on its way.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, BTreeMap<Rule, usize>) {
    HELD.set(Some(BTreeMap::new()));
    let done = work();
    (done, HELD.take().unwrap_or_default())
}

impl Rule {
    /// Whether the rule holds where its `condition` is met; never where it is switched off.
    #[must_use]
    pub fn is_met(self, condition: bool) -> bool {
        if !condition || OFF.get().is_some_and(|off| off.contains(&self)) {
            return false;
        }
        HELD.with_borrow_mut(|held| {
            if let Some(held) = held {
                *held.entry(self).or_default() += 1;
            }
        });
        true
    }

    /// The rule itself where it holds.
    #[must_use]
    pub fn when(self, condition: bool) -> Option<Self> {
        self.is_met(condition).then_some(self)
    }

    /// The rules whose names begin with `about`.
    #[cfg(test)]
    pub fn all_about(about: &str) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |rule| rule.name().starts_with(about))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|rule| rule.name() == name);
        found.copied().ok_or_else(|| format!("no rule «{name}»"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Rule, count};

    #[test]
    fn names_are_told_apart_and_read_back() {
        let names: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
        assert!(Rule::ALL.iter().all(|rule| rule.name().parse() == Ok(*rule)));
        assert!(Rule::ALL.len() <= 120, "{}", Rule::ALL.len());
    }

    #[test]
    fn what_held_is_counted_while_somebody_counts() {
        let rule = Rule::ALL[0];
        assert!(rule.is_met(true) && !rule.is_met(false));
        let (_, held) = count(|| [rule.is_met(true), rule.is_met(false), rule.is_met(true)]);
        assert_eq!(held, [(rule, 2)].into());
    }
}

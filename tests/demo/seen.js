// The body of a function that tells whether words are on the screen: "seen"; "elsewhere" where the page is scrolled to others; "not
// reached" where it is not scrolled; "not there" where the page has no such words.
const unseen = /[\s\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]/;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const letters = [], places = [];
for (let node; (node = walker.nextNode());) {
  if (node.parentElement.closest("script, style, noscript, template")) continue;
  for (let at = 0; at < node.data.length; at++) {
    if (unseen.test(node.data[at])) continue;
    // «10⁶» is «10<sup>6</sup>» to a browser.
    for (const letter of node.data[at].normalize("NFKC")) {
      letters.push(letter);
      places.push([node, at]);
    }
  }
}
const text = letters.join(""), ink = (line) => [...line.normalize("NFKC")].filter((letter) => !unseen.test(letter)).join("");
// A footnote that the article leaves out may part the words of a line in the page: its last ones tell then.
const whole = ink(arguments[0]), last = ink(arguments[0].split(" ").slice(-3).join(" "));
const words = text.includes(whole) ? whole : last;
let there = false;
for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
  there = true;
  const range = document.createRange(), end = places[at + words.length - 1];
  range.setStart(...places[at]);
  range.setEnd(end[0], end[1] + 1);
  const boxes = [...range.getClientRects()];
  if (boxes.some((box) => box.height && box.bottom > 0 && box.top < innerHeight)) return "seen";
}
if (!there) return "not there";
return scrollY > 0 ? `elsewhere (${scrollY})` : "not reached";

// The body of a function that gives back what is wrong with the layout of the page: a list of sentences.
const faults = [];
const wide = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > wide) faults.push("the page scrolls sideways");
const main = document.querySelector("main");
if (main.scrollWidth > main.clientWidth) faults.push("the chat scrolls sideways");
for (const element of document.querySelectorAll("body *")) {
  const box = element.getBoundingClientRect();
  if (box.width && (box.left < -0.5 || box.right > wide + 0.5)) {
    faults.push(`<${element.tagName} class="${element.className}"> stands out of the window`);
  }
}
for (const element of document.querySelectorAll(".text, .key, .author, #name, #status")) {
  if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth) {
    faults.push(`cut: ${element.textContent.slice(0, 60)}`);
  }
}
// Where a line begins: the right of what is inside a box, without its border and padding.
const beginning = (element) => {
  const style = getComputedStyle(element);
  return element.getBoundingClientRect().right - parseFloat(style.borderRightWidth) - parseFloat(style.paddingRight);
};
for (const text of document.querySelectorAll(".bot .text")) {
  if (!text.getBoundingClientRect().width) continue;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    // A number runs from the left: its last digit is the outermost.
    for (const found of node.data.matchAll(/\u200f(\d+|.)/gu)) {
      const range = document.createRange();
      // Behind an address in a line the mark only says that Arabic goes on.
      range.setStart(text, 0);
      range.setEnd(node, found.index);
      if (!/(^|\n)$/.test(range.toString())) continue;
      range.setStart(node, found.index + 1);
      range.setEnd(node, found.index + 1 + found[1].length);
      const box = range.getBoundingClientRect();
      // What is folded has an edge of its own: «أطراف الخبر».
      const frame = node.parentElement.closest("blockquote") ?? text;
      if (box.width && Math.abs(beginning(frame) - box.right) > 3) {
        faults.push(`does not begin at the right: ${node.data.slice(found.index, found.index + 40)}`);
      }
    }
  }
}
return faults;

// A block of cells as text: what Excel, WPS and LibreOffice put on the clipboard, and back.

// Rows of texts. A cell with a tab, a line break or a quotation mark comes in quotation marks, those inside doubled.
export function rowsOf(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    at = end + 1;
    if (text[end] === "\t") continue;
    rows.push(row);
    row = [];
    if (text[end] === "\r" && text[at] === "\n") at += 1;
    // The last line of a block ends with a line break, too.
    if (at >= text.length) break;
  }
  return rows;
}

function plain(text, start) {
  let end = start;
  while (end < text.length && text[end] !== "\t" && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return [text.slice(start, end), end];
}

function quoted(text, start) {
  let cell = "";
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (at + 1 === text.length || "\t\n\r".includes(text[at + 1])) return [cell, at + 1];
    else break;
  }
  // A quotation mark that nothing closes was only a character.
  return plain(text, start);
}

export function textOf(rows) {
  return rows.map((row) => row.map(written).join("\t")).join("\r\n");
}

function written(cell) {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

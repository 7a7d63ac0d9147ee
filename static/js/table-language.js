// The menu of a table on the editing desk, in Chinese: its library knows no such language of itself.
const { languages } = window.Handsontable ?? {};
const WORDS = {
  ROW_ABOVE: "在上方插入行", ROW_BELOW: "在下方插入行", INSERT_LEFT: "在左侧插入列", INSERT_RIGHT: "在右侧插入列",
  REMOVE_ROW: ["删除行", "删除所选行"], REMOVE_COLUMN: ["删除列", "删除所选列"], UNDO: "撤销", REDO: "恢复", READ_ONLY: "只读",
  CLEAR_COLUMN: "清空列", COPY: "复制", CUT: "剪切", ALIGNMENT: "对齐", ALIGNMENT_LEFT: "左对齐", ALIGNMENT_CENTER: "居中",
  ALIGNMENT_RIGHT: "右对齐", ALIGNMENT_JUSTIFY: "两端对齐", ALIGNMENT_TOP: "顶端对齐", ALIGNMENT_MIDDLE: "垂直居中",
  ALIGNMENT_BOTTOM: "底端对齐", MERGE_CELLS: "合并单元格", UNMERGE_CELLS: "取消合并",
};

if (languages) {
  const isChinese = document.documentElement.lang.startsWith("zh");
  const named = Object.entries(WORDS).map(([name, words]) => [languages.dictionaryKeys[`CONTEXTMENU_ITEMS_${name}`], words]);
  const words = isChinese ? Object.fromEntries(named.filter(([key]) => key)) : {};
  languages.registerLanguageDictionary({ ...languages.getLanguageDictionary("en-US"), ...words, languageCode: "zh-CN" });
}

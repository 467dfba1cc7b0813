namespace Atlas.Learning.Text;

/// <summary>A word of a text in its form for comparison, and its position.</summary>
/// <param name="Text">The word in lower case, with full-width letters as ordinary ones, and without combining accents and invisible
/// characters; a number without thousands separators and redundant zeros.</param>
/// <param name="Start">Index of its first character in the text.</param>
/// <param name="End">Index after its last character.</param>
internal readonly record struct FoldedWord(string Text, int Start, int End);

namespace Atlas.Learning.Text;

/// <summary>A word of a text in the form in which words are compared, and where it stands.</summary>
/// <param name="Text">Lower case, full-width letters as ordinary ones, without accents that are characters of their own and
/// without what cannot be seen; a number without separators of thousands and without zeros that say nothing.</param>
/// <param name="Start">Index of its first character in the text.</param>
/// <param name="End">Index behind its last character.</param>
internal readonly record struct FoldedWord(string Text, int Start, int End);

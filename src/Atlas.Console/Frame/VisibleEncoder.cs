using System.Text.Encodings.Web;
using System.Text.Unicode;
using Atlas.Learning.Text;

namespace Atlas.Pages.Frame;

/// <summary>Encodes every text of a page so that it is displayed as text: markup is escaped, and control characters are made visible. No
/// page can forget it, because the renderer has no other encoder.</summary>
internal sealed unsafe class VisibleEncoder : HtmlEncoder
{
    private static readonly HtmlEncoder Inner = Create(UnicodeRanges.All);

    public override int MaxOutputCharactersPerInputCharacter => Inner.MaxOutputCharactersPerInputCharacter;

    public override string Encode(string value) => Inner.Encode(VisibleText.Of(value));

    public override void Encode(TextWriter output, string value, int startIndex, int characterCount) =>
        output.Write(Encode(value.Substring(startIndex, characterCount)));

    public override void Encode(TextWriter output, char[] value, int startIndex, int characterCount) =>
        output.Write(Encode(new string(value, startIndex, characterCount)));

    public override bool WillEncode(int unicodeScalar) => Inner.WillEncode(unicodeScalar);

    public override int FindFirstCharacterToEncode(char* text, int textLength) => Inner.FindFirstCharacterToEncode(text, textLength);

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}

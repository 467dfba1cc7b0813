using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Injection;

namespace Atlas.Proxy.Injection;

/// <summary>A playbook as it is put into the bodies of one session: written once, so that every call of the session has the same
/// bytes.</summary>
internal sealed class InjectedBlock
{
    private static readonly byte[] Quote = [(byte)'"'];

    public InjectedBlock(string text, InjectionMode mode)
    {
        Mode = mode;
        Escaped = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
        Separator = JsonEncodedText.Encode(PromptInjection.Separator).EncodedUtf8Bytes.ToArray();
    }

    public InjectionMode Mode { get; }

    /// <summary>Gets the text as it appears between quotes.</summary>
    public byte[] Escaped { get; }

    private byte[] Separator { get; }

    // Kept, because a session's calls mostly need the same of the two again and again.
    public byte[] Quoted => field ??= Join(Quote, Escaped, Quote);

    private byte[] Separated => field ??= Mode is InjectionMode.Prefix ? Join(Escaped, Separator) : Join(Separator, Escaped);

    /// <summary>Returns the text for insertion at the beginning or the end of another text.</summary>
    public byte[] Within(bool isEmpty) => isEmpty ? Escaped : Separated;

    public static byte[] Join(params ReadOnlySpan<byte[]> parts)
    {
        var joined = new byte[parts.Length == 0 ? 0 : Sum(parts)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Length;
        }

        return joined;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static int Sum(ReadOnlySpan<byte[]> parts)
    {
        var sum = 0;
        foreach (var part in parts)
        {
            sum += part.Length;
        }

        return sum;
    }
}

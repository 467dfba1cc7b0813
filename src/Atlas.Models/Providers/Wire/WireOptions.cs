using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>What the handlers of a request share.</summary>
internal static class WireOptions
{
    /// <summary>Whether the answer is wanted in pieces.</summary>
    public static HttpRequestOptionsKey<bool> Streams { get; } = new("Atlas.Streams");

    /// <summary>Bodies as the packages write them: text in other scripts stays readable.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>What the handlers of a request share.</summary>
internal static class WireOptions
{
    /// <summary>Gets the key of whether the answer is to be streamed.</summary>
    public static HttpRequestOptionsKey<bool> Streams { get; } = new("Atlas.Streams");

    /// <summary>Gets the options for bodies as the packages write them: text in other scripts stays readable.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };
}

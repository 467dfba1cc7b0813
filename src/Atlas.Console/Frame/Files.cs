using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Atlas.Pages.Frame;

/// <summary>The style sheet and the script. Their addresses contain their hash, so a browser caches them until they change.</summary>
internal static class Files
{
    private static readonly FrozenDictionary<string, (byte[] Bytes, string Hash, string Type)> All = new[] { ("console.css", "text/css"), ("console.js", "text/javascript") }
        .ToFrozenDictionary(file => file.Item1, file => Read(file.Item1, file.Item2));

    public static string Address(string name) => $"/console/{All[name].Hash}/{name}";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/console/{hash}/{name}", Results<FileContentHttpResult, NotFound> (HttpContext context, string hash, string name) =>
    {
        if (!All.TryGetValue(name, out var file))
        {
            return TypedResults.NotFound();
        }

        // The hash of another version: a silo that is about to be replaced may be asked for a file that its successor named.
        context.Response.Headers.CacheControl = hash == file.Hash ? "public, max-age=31536000, immutable" : "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(file.Bytes, file.Type, entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }).ExcludeFromDescription();

    private static (byte[] Bytes, string Hash, string Type) Read(string name, string type)
    {
        using var stream = typeof(Files).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], type);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Atlas.Proxy.Tests.Economics;

/// <summary>The prompt cache of a vendor, as its documents describe it: what of a request was there, and what is there from now on.</summary>
internal abstract class VendorCache
{
    private const int CharactersPerToken = 4;
    private readonly Dictionary<string, TimeSpan> _until = new(StringComparer.Ordinal);

    public long Sent { get; private set; }

    public long Cached { get; private set; }

    public double Share => (double)Cached / Sent;

    /// <summary>Takes in a request at a time of the simulation.</summary>
    public void Ask(JsonElement body, TimeSpan now)
    {
        var parts = Parts(body).ToArray();
        var sizes = parts.Select(part => (part.Text.Length + CharactersPerToken - 1) / CharactersPerToken).ToArray();
        Sent += sizes.Sum();
        Cached += Read(parts, sizes, now);
    }

    /// <summary>How many of the tokens are read from the cache; notes what is written.</summary>
    protected abstract int Read(Part[] parts, int[] sizes, TimeSpan now);

    /// <summary>What the model reads, in the vendor's order.</summary>
    protected abstract IEnumerable<Part> Parts(JsonElement body);

    protected bool Knows(string prefix, TimeSpan now) => _until.TryGetValue(prefix, out var until) && until > now;

    protected void Keep(string prefix, TimeSpan until) => _until[prefix] = until;

    protected static string Hash(string before, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + text)));

    protected static IEnumerable<JsonElement> Items(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>A block of a request.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="Marker">The cache marker at its end: how long; null for none.</param>
    protected readonly record struct Part(string Text, TimeSpan? Marker);
}

/// <summary>Caches by itself: prefixes of at least 1,024 tokens, in steps of 128, for ten minutes after the last use.</summary>
internal sealed class PrefixCache : VendorCache
{
    private const int Least = 1024;
    private const int Step = 128;
    private const int StepCharacters = Step * 4;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    protected override int Read(Part[] parts, int[] sizes, TimeSpan now)
    {
        var whole = string.Concat(parts.Select(part => part.Text));
        var (prefix, hits, going) = ("", 0, true);
        for (var steps = 1; steps * StepCharacters <= whole.Length; steps++)
        {
            prefix = Hash(prefix, whole.Substring((steps - 1) * StepCharacters, StepCharacters));
            if (steps * Step < Least)
            {
                continue;
            }

            going &= Knows(prefix, now);
            hits = going ? steps * Step : hits;
            Keep(prefix, now + Lasts);
        }

        return hits;
    }

    protected override IEnumerable<Part> Parts(JsonElement body) =>
        Items(body, "tools").Concat(Items(body, "messages")).Select(item => new Part(item.GetRawText(), null));
}

/// <summary>Caches up to markers of the client: four at most, prefixes of at least 1,024 tokens, for five minutes or an hour after the last use; a read looks
/// back from each marker over twenty blocks.</summary>
internal sealed class MarkedCache : VendorCache
{
    private const int Least = 1024;
    private const int Most = 4;
    private const int LookBack = 20;

    protected override int Read(Part[] parts, int[] sizes, TimeSpan now)
    {
        var (prefixes, tokens) = (new string[parts.Length], new int[parts.Length]);
        for (var at = 0; at < parts.Length; at++)
        {
            prefixes[at] = Hash(at == 0 ? "" : prefixes[at - 1], parts[at].Text);
            tokens[at] = (at == 0 ? 0 : tokens[at - 1]) + sizes[at];
        }

        var marked = Enumerable.Range(0, parts.Length).Where(at => parts[at].Marker is not null).ToArray();
        if (marked.Length > Most)
        {
            throw new InvalidOperationException($"A request has {marked.Length} cache markers; the vendor refuses more than {Most}.");
        }

        var hit = -1;
        foreach (var at in marked)
        {
            for (var back = at; back > hit && back > at - LookBack; back--)
            {
                if (tokens[back] >= Least && Knows(prefixes[back], now))
                {
                    hit = back;
                    break;
                }
            }
        }

        foreach (var at in marked.Where(at => tokens[at] >= Least))
        {
            Keep(prefixes[at], now + parts[at].Marker!.Value);
        }

        if (hit >= 0)
        {
            // What is read lives on.
            Keep(prefixes[hit], now + TimeSpan.FromMinutes(5));
        }

        return hit < 0 ? 0 : tokens[hit];
    }

    protected override IEnumerable<Part> Parts(JsonElement body)
    {
        foreach (var tool in Items(body, "tools"))
        {
            yield return Of(tool);
        }

        if (body.TryGetProperty("system", out var system))
        {
            foreach (var block in system.ValueKind is JsonValueKind.Array ? system.EnumerateArray().ToArray() : [system])
            {
                yield return Of(block);
            }
        }

        foreach (var message in Items(body, "messages"))
        {
            var content = message.GetProperty("content");
            foreach (var block in content.ValueKind is JsonValueKind.Array ? content.EnumerateArray().ToArray() : [content])
            {
                yield return Of(block);
            }
        }
    }

    private static Part Of(JsonElement block)
    {
        if (block.ValueKind is JsonValueKind.String)
        {
            return new(block.GetString()!, null);
        }

        var marker = block.TryGetProperty("cache_control", out var control) && control.ValueKind is JsonValueKind.Object
            ? control.TryGetProperty("ttl", out var ttl) && ttl.ValueEquals("1h") ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5)
            : (TimeSpan?)null;

        // A marker is no part of what is cached.
        return new(string.Concat(block.EnumerateObject().Where(member => member.Name != "cache_control").Select(member => member.Name + member.Value.GetRawText())), marker);
    }
}

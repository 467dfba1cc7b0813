using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Forgetting;

/// <summary>Reduces the metadata of versions: removes answers that were based on forgotten sessions, and all traces of withdrawn
/// entries.</summary>
internal sealed class MetadataTrail(ForgetOrder order, Func<string, bool> isWithdrawn)
{
    private const string Traces = "pruned_entries";
    private static readonly string[] Plain = ["playbook_version", "last_updated_at"];

    private readonly HashSet<(string Name, string Value)> _gone = [];
    private readonly HashSet<string> _goneTraces = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, JsonElement> _before = LearnedPlaybook.Empty.Metadata;

    /// <summary>Returns what is left of the metadata.</summary>
    /// <param name="metadata">The metadata as it was written.</param>
    /// <param name="sawForgotten">Whether a forgotten session was among its sources.</param>
    public ImmutableSortedDictionary<string, JsonElement> Next(ImmutableSortedDictionary<string, JsonElement> metadata, bool sawForgotten)
    {
        if (sawForgotten)
        {
            foreach (var (name, value) in metadata.Where(member => !Plain.Contains(member.Key, StringComparer.Ordinal) && !IsOld(member)))
            {
                if (name != Traces)
                {
                    _gone.Add((name, value.GetRawText()));
                    continue;
                }

                var known = Items(_before.GetValueOrDefault(Traces)).ToHashSet(StringComparer.Ordinal);
                _goneTraces.UnionWith(Items(value).Where(trace => !known.Contains(trace)));
            }
        }

        _before = metadata;
        var left = metadata.ToBuilder();
        foreach (var (name, value) in metadata)
        {
            if (_gone.Contains((name, value.GetRawText())) || order.IsIn(name))
            {
                left.Remove(name);
            }
            else if (Reduced(name, value) is { } reduced)
            {
                left[name] = reduced;
            }
        }

        return left.ToImmutable();
    }

    private static IEnumerable<string> Items(JsonElement list) =>
        list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Select(item => JsonNode.Parse(item.GetRawText())!.ToJsonString(AtlasJson.Options)) : [];

    private bool IsOld(KeyValuePair<string, JsonElement> member) =>
        _before.TryGetValue(member.Key, out var before) && before.GetRawText() == member.Value.GetRawText();

    /// <summary>Returns null if nothing changes.</summary>
    private JsonElement? Reduced(string name, JsonElement value)
    {
        var raw = value.GetRawText();
        var node = JsonNode.Parse(raw);
        var changed = Reduce(node, name == Traces);
        if (order.IsInJson(raw))
        {
            (node, changed) = (order.Without(node), true);
        }

        return changed ? JsonSerializer.SerializeToElement(node, AtlasJson.Options) : null;
    }

    // A list item that names a withdrawn entry reveals it.
    private bool Reduce(JsonNode? node, bool traces)
    {
        var changed = false;
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items.ToArray())
                {
                    if ((item is JsonObject named && named["id"] is JsonValue id && id.TryGetValue<string>(out var entry) && isWithdrawn(entry))
                        || (traces && item is not null && _goneTraces.Contains(item.ToJsonString(AtlasJson.Options))))
                    {
                        items.Remove(item);
                        changed = true;
                    }
                    else
                    {
                        changed |= Reduce(item, traces: false);
                    }
                }

                break;
            case JsonObject members:
                foreach (var (_, value) in members.ToArray())
                {
                    changed |= Reduce(value, traces: false);
                }

                break;
        }

        return changed;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Converts findings to entries.</summary>
/// <remarks>The words of an entry stay the same as long as the finding does, so that evidence for them can accumulate; the counts are in the
/// playbook's metadata.</remarks>
internal sealed class EntryWriter(Sample sample, SynthesisRequest request)
{
    private const int MostEntries = 12;

    private readonly HandlePolicy _handles = new(request);
    private readonly CueFinder _cues = new(sample, request.Options.Schema);

    /// <summary>Gets why findings or entries were left out, in order.</summary>
    public List<(string What, string Reason)> Dropped { get; } = [];

    /// <summary>Returns entries for what the student did.</summary>
    public List<JsonNode> Own(IEnumerable<Candidate> findings)
    {
        var entries = new List<JsonNode>();
        foreach (var finding in findings.Where(finding => finding.Trait.IsAction))
        {
            if (entries.Count == MostEntries)
            {
                Drop(finding, $"more than {MostEntries} findings");
            }
            else if (Write(finding) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Returns the offline synthesizer's entries from earlier syntheses that are no longer true. It does not judge those of other
    /// authors.</summary>
    /// <param name="written">The entries of this synthesis.</param>
    public JsonArray Outdated(IEnumerable<JsonNode> written)
    {
        var holding = written.Select(entry => entry["id"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from entry in request.Current.Entries
               where Authorship.IsOwn(entry) && Authorship.Stands(entry) && entry.Id is { Length: > 0 } id && !holding.Contains(id)
               select new JsonObject { ["id"] = entry.Id, ["reason"] = "It no longer goes together with reward beyond chance, or can no longer be announced by a word of the tasks." },
        ];
    }

    private JsonNode? Write(Candidate finding)
    {
        var trait = finding.Trait;
        // The tool whose call shows that the advice was followed: the earlier one if it is to be called first.
        var tool = trait.Kind == TraitKind.Order && !finding.Good ? trait.Next : trait.Name;
        if (_handles.Canonical(tool) is not { } handle)
        {
            return Drop(finding, $"{tool} is not among the agents' tools");
        }

        var id = trait.EntryId(finding.Good);
        var standing = request.Current.Entries.FirstOrDefault(entry => entry.Id == id && Authorship.IsOwn(entry));
        if (_cues.Find(trait, standing?.Cue) is not { } cue)
        {
            return Drop(finding, "no word of the tasks announces it without firing always or never");
        }

        var imperative = Phrases.Imperative(finding) + ".";
        var effect = Phrases.Effect(finding);
        if (imperative.Length > EntryLimits.Imperative || effect.Length > EntryLimits.ExpectedEffect)
        {
            return Drop(finding, "the names of its tools are too long for an entry");
        }

        return JsonSerializer.SerializeToNode(
            new
            {
                id,
                audience = "student",
                cue = new { type = cue.Type, pattern = cue.Pattern, description = cue.Description },
                action = new { imperative, runtime_handle = handle, tool_name = handle, arguments = new { } },
                expected_effect = effect,
                scope = new
                {
                    category = finding.Good ? "reinforcement" : "differentiation",
                    constraints = Phrases.Constraints(finding),
                    applies_when = "The task mentions a word of the cue.",
                },
                metadata = new
                {
                    synthesizer = SynthesizerOptions.OfflineProvider,
                    comparison = finding.Comparison,
                    trait = trait.Label,
                },
            },
            AtlasJson.Options);
    }

    private JsonNode? Drop(Candidate finding, string reason)
    {
        Dropped.Add((finding.Trait.Label, reason));
        return null;
    }
}

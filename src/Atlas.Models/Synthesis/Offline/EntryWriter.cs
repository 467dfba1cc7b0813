using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Turns findings into entries, and hands the entries of other authors on as they are.</summary>
internal sealed class EntryWriter(Sample sample, SynthesisRequest request)
{
    private const int MostEntries = 12;

    // Written by whoever accepts an entry, not by who proposes it.
    private static readonly string[] Reserved = ["impact", "provenance", "rubric", "generated_at"];

    private readonly HandlePolicy _handles = new(request);
    private readonly CueFinder _cues = new(sample, request.Options.Schema);

    /// <summary>Why findings or entries were left out, in order.</summary>
    public List<(string What, string Reason)> Dropped { get; } = [];

    /// <summary>Entries for what the student did.</summary>
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

    /// <summary>Entries of other authors that stand, to be proposed again so that they are not given up.</summary>
    public List<JsonNode> Others()
    {
        var entries = new List<JsonNode>();
        foreach (var entry in request.Current.Entries.Where(entry => !Authorship.IsOwn(entry) && Authorship.Stands(entry)))
        {
            // One entry that the gates refuse would take the whole proposal with it. (A stored action may be an explicit null.)
            if (_handles.Allows(entry.Action?.RuntimeHandle))
            {
                var node = JsonSerializer.SerializeToNode(entry, AtlasJson.Options)!.AsObject();
                foreach (var key in Reserved)
                {
                    node.Remove(key);
                }

                entries.Add(node);
            }
            else
            {
                Dropped.Add(($"entry {entry.Id}", "its tool is not among the agents' tools"));
            }
        }

        return entries;
    }

    private JsonNode? Write(Candidate finding)
    {
        var trait = finding.Trait;
        // The tool whose call shows that the advice was taken: the earlier one where it is to be called first.
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
        var effect = Phrases.Evidence(finding, Counts.Of(sample, trait));
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

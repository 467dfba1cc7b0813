using System.Collections.Immutable;
using Atlas.Learning.Compatibility;
using Atlas.Learning.Options;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Everything besides playbook and answer that decides what becomes of a model's answer.</summary>
public sealed record SynthesisContext
{
    public LearningOptions Options { get; init; } = new();

    /// <summary>The time that is written into the playbook.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The sessions the model was shown, oldest first.</summary>
    public ImmutableArray<long> SessionIds { get; init; } = [];

    /// <summary>What the teacher said in those sessions.</summary>
    public ImmutableArray<string> GuidanceNotes { get; init; } = [];

    /// <summary>Tools that the agent has besides <c>learning.schema.allowed_runtime_handles</c>.</summary>
    public ImmutableArray<string> RuntimeHandles { get; init; } = [];

    /// <summary>Words that trials found to be harmful or of no use; they never come back, under whatever id.</summary>
    public ImmutableArray<string> Condemned { get; init; } = [];

    /// <summary>Whether the good entries of an answer are accepted when others fail.</summary>
    public bool AcceptPerEntry => Options.AcceptPerEntry;

    /// <summary>All tools an entry may name, for the model to choose from: the configured ones, then the agent's own. Of
    /// spellings that differ in case only the first is meant.</summary>
    public ImmutableArray<string> AvailableHandles => [.. Handles().All];

    internal ReferenceRules Rules { get; init; } = ReferenceRules.None;

    internal HandleList Handles() => new(Options.Schema, RuntimeHandles.IsDefault ? [] : RuntimeHandles);

    /// <summary>First 16 hex digits of SHA-256 over the notes, each once and in order; null without notes.</summary>
    internal string? GuidanceDigest()
    {
        string[] notes =
        [
            .. (GuidanceNotes.IsDefault ? [] : GuidanceNotes)
                .Select(PythonText.Strip)
                .Where(note => note.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .Order(CodePointComparer.Instance),
        ];
        return notes.Length == 0 ? null : Sha256Text.Hex(string.Join('\n', notes))[..16];
    }
}

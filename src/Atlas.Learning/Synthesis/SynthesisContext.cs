using System.Collections.Immutable;
using Atlas.Learning.Compatibility;
using Atlas.Learning.Meaning;
using Atlas.Learning.Options;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Everything besides playbook and answer that decides what happens to a model's answer.</summary>
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

    /// <summary>Words that trials found harmful or of no use; they never return, under any id.</summary>
    public ImmutableArray<CondemnedRule> Condemned { get; init; } = [];

    /// <summary>The vectors of the rules that <see cref="CandidateTexts"/> lists; null compares letters only.</summary>
    public RuleVectors? Vectors { get; init; }

    /// <summary>Ids of entries that no answer removes or rewords: a rewording becomes a new entry. In a key with many authors, these are
    /// the entries in good standing.</summary>
    public ImmutableHashSet<string> Standing { get; init; } = [];

    /// <summary>Whether an answer can write the text before the entries; false in a key with many authors, where nobody could say whose
    /// sessions it is based on.</summary>
    public bool MayWritePreface { get; init; } = true;

    /// <summary>Whether the good entries of an answer are accepted if others fail.</summary>
    public bool AcceptPerEntry => Options.AcceptPerEntry;

    /// <summary>All tools that an entry can name, for the model to choose from: the configured ones, then the agent's own. Of spellings
    /// that differ only in case, the first is used.</summary>
    public ImmutableArray<string> AvailableHandles => [.. Handles().All];

    internal ReferenceRules Rules { get; init; } = ReferenceRules.None;

    internal HandleList Handles() => new(Options.Schema, RuntimeHandles.IsDefault ? [] : RuntimeHandles);

    /// <summary>Returns the first 16 hex digits of the SHA-256 over the notes, each once and in order; null without notes.</summary>
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

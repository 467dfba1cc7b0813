using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Meaning;

/// <summary>The block <c>learning.meaning</c>: when two entries count as the same rule in different words.</summary>
public sealed record MeaningOptions
{
    /// <summary>False compares entries by their letters only, ignoring case, punctuation and spaces.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>The folder with the files of the sentence encoder; see <c>docs/evidence.md</c>. If not set, the files are looked for next
    /// to the program. If they are not there either, entries are compared by the words they share. An embedding model that the silo's
    /// program registers takes precedence.</summary>
    /// <value>The default is none.</value>
    public string? Model { get; init; }

    /// <summary>The cosine from which two texts count as having the same meaning. Null uses the bound of whatever compares them, because
    /// each model has its own.</summary>
    /// <value>The default is none: the model's own.</value>
    [Range(0.3, 1d)]
    public double? Same { get; init; }

    /// <summary>Whether entries that say the same are merged automatically. Only an entry that no session has tried and no person wrote is
    /// merged into another. You can undo a merge.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Merge { get; init; } = true;
}

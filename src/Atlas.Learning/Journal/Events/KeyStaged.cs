namespace Atlas.Learning.Journal;

/// <summary>The key was staged: new versions reach no prompt until one is promoted.</summary>
public sealed record KeyStaged : LearningKeyEvent
{
    /// <summary>The version that was current then.</summary>
    public required int Version { get; init; }

    /// <summary>Whether that version is still served; false if nothing reached prompts anyway.</summary>
    public bool Serves { get; init; }

    public string? Reason { get; init; }
}

namespace Atlas.Storage.Retention;

/// <summary>How long the records of sessions are kept. What was learned from them is kept forever.</summary>
public sealed record RetentionPolicy
{
    /// <summary>How long after the end of a session its trajectory events are kept; null for forever.</summary>
    public TimeSpan? Events { get; init; }

    /// <summary>How long after its end a session is kept, with everything that belongs to it; null for forever.</summary>
    public TimeSpan? Sessions { get; init; }

    /// <summary>Whether sessions cited by an entry of a living playbook stay, whatever their age.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KeepCited { get; init; } = true;

    /// <summary>Whether everything is kept forever.</summary>
    public bool KeepsAll => this is { Events: null, Sessions: null };
}

namespace Atlas.Discovery.Preflight;

/// <summary>How far a preflight goes.</summary>
public sealed record PreflightOptions
{
    /// <summary>Whether models and addresses may be called.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UsesNetwork { get; init; } = true;

    /// <summary>How long one call may take.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Reads an environment variable; null for one that is not set.</summary>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;
}

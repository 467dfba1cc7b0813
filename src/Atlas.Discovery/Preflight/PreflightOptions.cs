namespace Atlas.Discovery.Preflight;

/// <summary>Options of a preflight.</summary>
public sealed record PreflightOptions
{
    /// <summary>Gets a value indicating whether models and addresses can be called.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UsesNetwork { get; init; } = true;

    /// <summary>Gets the timeout of one call.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets a function that reads an environment variable and returns null for one that is not set.</summary>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;
}

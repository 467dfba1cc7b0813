namespace Atlas.Discovery.Findings;

/// <summary>An HTTP route that calls an agent or a model.</summary>
/// <param name="Route">The path.</param>
/// <param name="Address">The full address, if launch settings name one.</param>
/// <param name="ResultPath">The property of the answer that contains the text; null if the answer is the text.</param>
/// <param name="At">The location.</param>
public sealed record EndpointFinding(string Route, string? Address, string? ResultPath, SourceLocation At);

namespace Atlas.Testing.Shapes;

/// <summary>A value in a database that has not the shape it should have.</summary>
/// <param name="Column">Table and column.</param>
/// <param name="Row">The row's key.</param>
/// <param name="Problem">Where in the value, and what is wrong with it.</param>
public sealed record StoredShape(string Column, string Row, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Column} of {Row}: {Problem}";
}

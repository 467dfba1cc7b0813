using Atlas.Domain.Json;


namespace Atlas.Grains.Tests.Storage;

/// <summary>A state with what is hard to keep: text of any kind, a number, and much of it.</summary>
internal sealed class Sheet
{
    public string Text { get; set; } = "";

    public long Number { get; set; }

    public List<string> Lines { get; set; } = [];

    public bool Says(Sheet other) => Text == other.Text && Number == other.Number && Lines.SequenceEqual(other.Lines);

    public override string ToString() => System.Text.Json.JsonSerializer.Serialize(this, AtlasJson.Options);
}

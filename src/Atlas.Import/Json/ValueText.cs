using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Atlas.Import.Json;

/// <summary>Writes JSON values as text, however deeply they are nested.</summary>
internal static class ValueText
{
    // The serializer stops at 64 levels, and a record can have RecordText.DeepestNesting.
    public static string Of(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

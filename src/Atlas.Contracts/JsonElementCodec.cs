using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Atlas.Contracts;

/// <summary>Serializes the caller's JSON as UTF-8 text. The deserialized value is independent, so there is no document to keep or dispose
/// of.</summary>
/// <remarks>A value that is not JSON (<c>default</c>) stays <c>default</c>.</remarks>
[RegisterSerializer]
[RegisterCopier]
public sealed class JsonElementCodec : IFieldCodec<JsonElement>, IDeepCopier<JsonElement>
{
    // The depth to which a database column is read; the receiver enforces its own limit.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1024 };

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, JsonElement value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(JsonElement), WireType.LengthPrefixed);
        var text = value.ValueKind is JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(value);
        writer.WriteVarUInt32((uint)text.Length);
        writer.Write(text);
    }

    /// <inheritdoc/>
    public JsonElement ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        var length = (int)reader.ReadVarUInt32();
        return length == 0 ? default : JsonElement.Parse(reader.ReadBytes((uint)length), Options);
    }

    /// <summary>Copies a value so that it outlives its document.</summary>
    public JsonElement DeepCopy(JsonElement input, CopyContext context) => input.ValueKind is JsonValueKind.Undefined ? default : input.Clone();
}

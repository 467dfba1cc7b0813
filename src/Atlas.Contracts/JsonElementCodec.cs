using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Atlas.Contracts;

/// <summary>Sends JSON of the caller's own as its UTF-8 text. What arrives stands by itself: no document has to be kept or disposed of.</summary>
/// <remarks>A value that is no JSON at all (<c>default</c>) arrives as such.</remarks>
[RegisterSerializer]
[RegisterCopier]
public sealed class JsonElementCodec : IFieldCodec<JsonElement>, IDeepCopier<JsonElement>
{
    // As deep as a column of the database is read; who takes it says how deep it may be.
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

    /// <summary>A copy that outlives the document that the value is a part of.</summary>
    public JsonElement DeepCopy(JsonElement input, CopyContext context) => input.ValueKind is JsonValueKind.Undefined ? default : input.Clone();
}

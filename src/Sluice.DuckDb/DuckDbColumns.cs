using DuckDB.NET.Native;
using Sluice.Core.Sql;

namespace Sluice.DuckDb;

/// <summary>The vectors of a streamed result, read where DuckDB keeps them.</summary>
internal sealed unsafe class DuckDbColumns : SqlColumns
{
    private readonly DuckDbSession _session;
    private readonly DuckDBNativeConnection _connection;
    private readonly DuckDBPreparedStatement _statement;
    private readonly SqlQuery _query;
    private readonly void*[] _data;
    private readonly ulong*[] _valid;
    private readonly DuckDBType[] _types;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private int _rows;
    private bool _ended;

    private DuckDbColumns(
        DuckDbSession session,
        DuckDBNativeConnection connection,
        DuckDBPreparedStatement statement,
        DuckDBResult result,
        SqlQuery query
    )
    {
        (_session, _connection, _statement, _result, _query) = (session, connection, statement, result, query);
        var columns = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
        (_data, _valid, _types) = (new void*[columns], new ulong*[columns], new DuckDBType[columns]);
        for (var column = 0; column < columns; column++)
        {
            _types[column] = NativeMethods.Query.DuckDBColumnType(ref _result, column);
        }
    }

    public override int Rows => _rows;

    /// <summary>Starts the statement.</summary>
    public static DuckDbColumns Open(
        DuckDbSession session,
        DuckDBNativeConnection connection,
        string text,
        SqlQuery query
    )
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection, text, out var statement) != DuckDBState.Success)
        {
            using (statement)
            {
                throw DuckDbFault.Of(NativeMethods.PreparedStatements.DuckDBPrepareError(statement), null, query);
            }
        }

        var state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
        if (state == DuckDBState.Success)
        {
            return new(session, connection, statement, result, query);
        }

        using (statement)
        {
            var failure = DuckDbFault.Of(NativeMethods.Query.DuckDBResultError(ref result), null, query);
            result.Close();
            throw failure;
        }
    }

    public override bool MoveNext(CancellationToken cancellationToken)
    {
        _chunk?.Dispose();
        (_chunk, _rows) = (null, 0);
        if (_ended)
        {
            return false;
        }

        cancellationToken.ThrowIfCancellationRequested();
        // Sorting happens inside of the first call: only an interrupt ends it.
        using (cancellationToken.Register(() => NativeMethods.Startup.DuckDBInterrupt(_connection)))
        {
            _chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        }

        if (_chunk.IsInvalid)
        {
            _ended = true;
            cancellationToken.ThrowIfCancellationRequested();
            return NativeMethods.Query.DuckDBResultError(ref _result) is { Length: > 0 } message
                ? throw DuckDbFault.Of(message, null, _query)
                : false;
        }

        _rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        for (var column = 0; column < _data.Length; column++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, column);
            _data[column] = NativeMethods.Vectors.DuckDBVectorGetData(vector);
            _valid[column] = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        }

        return _rows > 0;
    }

    public override ReadOnlySpan<long> Numbers(int column) => Span<long>(column, DuckDBType.BigInt);

    public override ReadOnlySpan<byte> Bytes(int column) => Span<byte>(column, DuckDBType.UnsignedTinyInt);

    public override ReadOnlySpan<byte> Text(int column, int row)
    {
        ThrowUnless(column, DuckDBType.Varchar);
        if (IsNull(column, row))
        {
            return [];
        }

        // By pointer: the bytes of a short text lie in the structure itself, of which there must be no copy.
        var text = (DuckDBString*)_data[column] + row;
        return new(text->Data, text->Length);
    }

    public override bool IsNull(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_rows, nameof(row));
        var valid = _valid[column];
        return valid is not null && ((valid[row / 64] >> (row % 64)) & 1) == 0;
    }

    protected override ValueTask DisposeCoreAsync()
    {
        _chunk?.Dispose();
        _result.Close();
        _statement.Dispose();
        return _session.DisposeAsync();
    }

    private ReadOnlySpan<T> Span<T>(int column, DuckDBType type)
        where T : unmanaged
    {
        ThrowUnless(column, type);
        return new(_data[column], _rows);
    }

    private void ThrowUnless(int column, DuckDBType type)
    {
        if (_types[column] != type)
        {
            throw new ArgumentException($"The column {column} holds {_types[column]}, not {type}.", nameof(column));
        }
    }
}

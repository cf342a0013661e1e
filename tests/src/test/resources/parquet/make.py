import pyarrow as pa, pyarrow.parquet as pq, sys, os
out=sys.argv[1]; os.makedirs(out, exist_ok=True)
texts=["Tim had a boat.","", None,"Ein Vogel \U0001F426 sang.","Line one\nline two\twith a tab."]
t=pa.table({"text":pa.array(texts,pa.string()),"id":pa.array([1,2,3,4,5],pa.int64()),
 "meta":pa.array([{"title":"a","lang":"en"},{"title":None,"lang":"en"},None,{"title":"d","lang":"de"},{"title":"e","lang":"en"}],pa.struct([("title",pa.string()),("lang",pa.string())])),
 "messages":pa.array([["x"],[],None,["y","z"],["w"]],pa.list_(pa.string())),
 "a.b":pa.array(["p","q","r","s","t"])})
for c in ["snappy","zstd","gzip","none","lz4","brotli"]:
    pq.write_table(t, f"{out}/{c}.parquet", compression=c, row_group_size=2)
pq.write_table(t, f"{out}/v2.parquet", data_page_version="2.0", version="2.6", compression="zstd", row_group_size=2)
pq.write_table(t, f"{out}/v2-snappy.parquet", data_page_version="2.0", version="2.6", compression="snappy")
pq.write_table(t.select(["text"]), f"{out}/delta.parquet", use_dictionary=False, column_encoding={"text":"DELTA_BYTE_ARRAY"})
pq.write_table(t.select(["text"]), f"{out}/delta-length.parquet", use_dictionary=False, column_encoding={"text":"DELTA_LENGTH_BYTE_ARRAY"})
pq.write_table(pa.table({"text":pa.array(texts,pa.large_string())}), f"{out}/large.parquet")
pq.write_table(pa.table({"text":pa.array([b"ok",b"\xff\xfe"],pa.binary())}), f"{out}/bytes.parquet")
pq.write_table(pa.table({"text":pa.array(["a"*50_000_000]*8)}), f"{out}/bomb.parquet", compression="zstd",use_dictionary=False, data_page_size=1<<30, write_batch_size=100)
for f in sorted(os.listdir(out)): print(f, os.path.getsize(f"{out}/{f}"))
# labels.parquet, by the hub's own library (datasets 5.2)
from datasets import Dataset, Features, Value, ClassLabel, List
rows=[{"tokens":["Zoe","O'Brien","paid","\U0001F469"],"ner_tags":[1,2,0,0],"topic":1,"text":"Zoe O'Brien paid \U0001F469","who":[{"start":0,"end":11,"label":"name"},{"start":17,"end":18,"label":"face"}],"tags":["x","y"]},
 {"tokens":["Yes","."],"ner_tags":[0,0],"topic":0,"text":"Yes .","who":[],"tags":[]},
 {"tokens":["No"],"ner_tags":[-1],"topic":None,"text":"No","who":None,"tags":None}]
f=Features({"tokens":List(Value("string")),"ner_tags":List(ClassLabel(names=["O","B-PER","I-PER"])),"topic":ClassLabel(names=["politics","sport"]),"text":Value("string"),"who":List({"start":Value("int32"),"end":Value("int32"),"label":Value("string")}),"tags":List(Value("string"))})
Dataset.from_list(rows,features=f).to_parquet(f"{out}/labels.parquet")
